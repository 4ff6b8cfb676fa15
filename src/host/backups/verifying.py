"""Whether a backup is whole: every byte by its checksum, and its database by SQLite's own look."""

import shutil
from pathlib import Path

from host.backups import archive, snapshot
from host.backups.manifest import Manifest, NotABackup
from host.backups.shelf import Shelf
from host.i18n import _


def verify(path: Path, passphrase: str | None = None) -> Manifest:
    """Raises Fault with the reason for one that could not be restored whole."""
    with Shelf().alone(), archive.scratch_folder(Shelf().data) as scratch:
        return looked_over(path, passphrase, scratch / "look")


def looked_over(path: Path, passphrase: str | None, scratch: Path) -> Manifest:
    """The same, within `Shelf.alone`, in a folder that is not there yet and goes again."""
    scratch.mkdir(mode=0o700)
    with archive.opened(path, passphrase, scratch) as found:
        unpack(found, scratch / "fallow.db")
        manifest = found.manifest
    shutil.rmtree(scratch)
    return manifest


def unpack(found: archive.Archive, target: Path) -> None:
    """Its database, once all of it is known to be whole. Raises NotABackup."""
    found.check_contents()
    found.database(target)
    snapshot.require_whole(target)
    if snapshot.counted(target) != found.manifest.rows:
        raise NotABackup(_("This backup was cut off or changed."))
