"""Making a backup while the program runs, and looking at it before it counts."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

from flask import current_app
from sqlalchemy.exc import DBAPIError

from host.backups import archive, cipher, snapshot
from host.backups.manifest import Manifest
from host.backups.present import Copy, present
from host.backups.shelf import Shelf, finishing
from host.backups.verifying import looked_over
from host.clock import now
from host.config import Config
from host.db import db
from host.errors import Fault, NotFound
from host.files.folder import storage
from host.i18n import _

MARK = 12  # characters that tell keys apart


def back_up(target: Path | None = None, passphrase: str | None = None) -> Path:
    """Into a file, or onto the shelf; with a passphrase encrypted, and then with the keys of our secrets in it. Ends
    the running transaction. Raises Fault: for a target that is there, and where it cannot be written; Invalid for a
    passphrase that is too short. Nothing that looks like a backup is left then."""
    shelf = Shelf()
    if passphrase is not None:
        cipher.checked_passphrase(passphrase)
    if target is not None and target.exists():
        raise Fault(_("%(path)s is there already.", path=target))
    db.session.commit()
    with shelf.alone(), archive.scratch_folder(shelf.data) as scratch:
        return made(target or shelf.place(), scratch, present().copy, passphrase)


def made(target: Path, scratch: Path, copy: Copy, passphrase: str | None = None) -> Path:
    """Of the database that `copy` copies. Within `Shelf.alone`."""
    try:
        with finishing(target) as aside:
            plain = aside if passphrase is None else scratch / "made"
            copy(scratch / "snapshot")
            _write(plain, scratch / "snapshot", keys=() if passphrase is None else _config().encryption_key)
            if passphrase is not None:
                with plain.open("rb") as source, aside.open("xb") as sealed:
                    aside.chmod(0o600)
                    cipher.seal(source, sealed, passphrase)
            looked_over(aside, passphrase, scratch / "look")
    except (OSError, sqlite3.Error, DBAPIError) as error:
        said = getattr(error, "strerror", None) or error
        raise Fault(_("The backup cannot be written: %(error)s.", error=said)) from error
    return target


def key_marks() -> list[str]:
    """By which one sees whether a backup's secrets can be read here; they tell nothing of the keys."""
    return [sha256(f"fallow: mark of a key: {key}".encode()).hexdigest()[:MARK] for key in _config().encryption_key]


def _write(target: Path, database: Path, keys: tuple[str, ...]) -> None:
    needed, missing = _contents(database)
    manifest = Manifest(
        version=version("fallow"),
        made_at=now().isoformat(),
        database=snapshot.digest(database),
        size=database.stat().st_size,
        rows=snapshot.counted(database),
        contents=needed,
        missing=missing,
        key_marks=key_marks(),
        keys=keys,
    )
    archive.write(target, database, manifest, _opened(needed))
    database.unlink()


def _contents(database: Path) -> tuple[dict[str, int], list[str]]:
    """What the rows of the snapshot need, with its size; and what is gone, such as by a removal a moment ago."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT DISTINCT sha256, size FROM file ORDER BY sha256").fetchall()
    there = {sha: size for sha, size in rows if _is_there(sha)}
    return there, [sha for sha, _size in rows if sha not in there]


def _is_there(sha: str) -> bool:
    try:
        storage().open(sha).close()
    except NotFound:
        return False
    return True


def _opened(contents: dict[str, int]) -> Iterator[tuple[str, BinaryIO]]:
    for sha in contents:
        with storage().open(sha) as source:
            yield sha, source


def _config() -> Config:
    config: Config = current_app.extensions["fallow"].config
    return config
