"""The feed as files in the data folder, for whoever serves them by another program or carries them elsewhere."""

import os
import secrets
from pathlib import Path

from flask import current_app

from host import NotFound, _, checkpoint, task
from plugins.publishing.networks.feed.addresses import ATOM, JSON
from plugins.publishing.networks.feed.atom import as_atom
from plugins.publishing.networks.feed.jsonfeed import as_json
from plugins.publishing.networks.feed.page import Page


@task("publishing.write_feed")
def write_feed(account_id: int) -> str:
    """Write the newest entries of this space's feed, after each change of it."""
    try:
        page = Page.of(account_id)
    except NotFound:
        return _("nothing to write")
    made = {ATOM: as_atom(page), JSON: as_json(page)}
    checkpoint()  # a disk may be slow
    for name, content in made.items():
        _write(folder(account_id) / name, content)
    return _("wrote %(n)s entries", n=len(page.entries))


def folder(account_id: int) -> Path:
    data: Path = current_app.extensions["fallow"].config.data
    return data / "feed" / str(account_id)


def _write(path: Path, content: bytes) -> None:
    """Aside, then renamed: whoever reads gets the old one or the new one, whole."""
    path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
