"""The key that signs cookies, kept in the data folder."""

import os
import secrets
from pathlib import Path


def kept_secret(path: Path) -> str:
    """The key, made once. It is written aside and then linked into place, so that of two first
    starts the second takes the first one's key, and nobody ever reads half of one."""
    if not path.exists():
        aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
        _place(aside, path)
    return path.read_text()


def _place(aside: Path, path: Path) -> None:
    try:
        os.link(aside, path)
    except FileExistsError:
        pass  # the other start's
    except OSError:  # a file system without links
        aside.replace(path)
    aside.unlink(missing_ok=True)
