"""The address that lets its bearer in, once: known only to who may read the data folder."""

from flask import Flask

from host.db import db
from host.models import Account, LaunchToken


def launch_url(app: Flask, url: str) -> str:
    """A fresh one-time address below `url`."""
    with app.app_context():
        token = LaunchToken.create()
        db.session.commit()
    return f"{url}/launch/{token}"


def is_begun(app: Flask) -> bool:
    """Whether there is a space yet."""
    with app.app_context():
        return Account.any()
