"""A backup that somebody has elsewhere, brought onto the shelf, to be restored from there."""

import shutil
from pathlib import Path
from typing import IO

from host.backups import archive, cipher
from host.backups.shelf import Shelf, Sort, finishing
from host.backups.verifying import looked_over
from host.errors import Fault
from host.i18n import _


def bring(stream: IO[bytes]) -> Path:
    """Raises Fault for what is no whole backup. An encrypted one is taken as it is: its passphrase comes with the
    restore, which looks it over."""
    shelf = Shelf()
    try:
        with shelf.alone(), archive.scratch_folder(shelf.data) as scratch:
            target = shelf.place(Sort.BROUGHT)
            with finishing(target) as aside:
                with aside.open("xb") as file:
                    aside.chmod(0o600)
                    shutil.copyfileobj(stream, file)
                with aside.open("rb") as file:
                    sealed = cipher.is_sealed(file)
                if not sealed:
                    looked_over(aside, None, scratch / "look")
            shelf.rotate()
    except OSError as error:
        raise Fault(_("The backup cannot be kept: %(error)s.", error=error.strerror or error)) from error
    return target
