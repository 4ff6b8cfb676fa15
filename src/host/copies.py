"""Copies of the SQLite file from before an upgrade, the newest few kept."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import make_url

from host.clock import now
from host.errors import Fault
from host.i18n import _

if TYPE_CHECKING:
    from host.config import Config

PATTERN = "before-upgrade-*.db"
KEPT = 3


def copy_before_upgrade(config: "Config") -> Path | None:
    """A consistent copy of the file as it is, whoever writes to it meanwhile; nothing for a new file or another
    database. Raises Fault when it cannot be made: an upgrade without one would be a leap.

    Then `keep` it, or throw it away where nothing was upgraded."""
    source = _file(config)
    if source is None:
        return None
    target = config.data / "backups" / f"before-upgrade-{now():%Y%m%dT%H%M%S%f}.db"
    try:
        target.parent.mkdir(exist_ok=True)
        _copy(source, target)
    except (OSError, sqlite3.Error) as error:
        raise Fault(_("The database cannot be copied before its upgrade: %(error)s.", error=error)) from error
    return target


def keep(copy: Path) -> None:
    """Let the copy take the place of the oldest one."""
    for surplus in sorted(copy.parent.glob(PATTERN))[:-KEPT]:
        surplus.unlink()


def _file(config: "Config") -> Path | None:
    """The SQLite file, if there is one that holds anything."""
    name = make_url(config.database).database
    if not config.on_sqlite or not name or not Path(name).is_file():
        return None
    with closing(sqlite3.connect(name)) as connection:
        held = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return Path(name) if held != (0,) else None


def _copy(source: Path, target: Path) -> None:
    """Under another name until it is whole, so that a crash leaves no half copy that looks like one."""
    unfinished = target.with_suffix(".part")
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(unfinished)) as new:
        old.backup(new)
    unfinished.replace(target)
