"""The program for as long as one command runs."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from host.app import create_app
from host.commands import config
from host.db import db


@contextmanager
def running(*, upgrade: bool = True) -> Iterator[Flask]:
    """The program with its context pushed; what was not committed is undone, and the database closed. Raises Fault."""
    app = create_app(config(), upgrade=upgrade)
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()
