"""The keys that are kept in the data folder: one signs cookies, one encrypts secrets."""

import os
import secrets
from pathlib import Path

from host.errors import Fault
from host.i18n import _


def kept_secret(path: Path) -> str:
    """The key, made once. It is written aside and then linked into place, so that of two first
    starts the second takes the first one's key, and nobody ever reads half of one. Raises Fault when it cannot be
    read or written."""
    try:
        return _kept(path) or _made(path)
    except OSError as error:
        raise Fault(_("The key in %(path)s cannot be used: %(error)s.", path=path, error=error.strerror)) from error


def _kept(path: Path) -> str:
    """Empty when there is none, and when a full disk left an empty file."""
    return path.read_bytes().decode("latin-1").strip() if path.exists() else ""


def _made(path: Path) -> str:
    aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(secrets.token_hex(32))
    _place(aside, path)
    return _kept(path)


def _place(aside: Path, path: Path) -> None:
    try:
        os.link(aside, path)
    except FileExistsError:
        if not _kept(path):  # else it is the other start's
            aside.replace(path)
    except OSError:  # a file system without links
        aside.replace(path)
    aside.unlink(missing_ok=True)
