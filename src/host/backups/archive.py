"""The file itself: a ZIP of `fallow.db`, `files/<SHA-256>` and, last, `manifest.json`; perhaps under a passphrase."""

import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import BinaryIO, cast

from host.backups import cipher
from host.backups.manifest import LARGEST, Manifest, NotABackup
from host.errors import Fault
from host.i18n import _

DATABASE, CONTENTS, MANIFEST = "fallow.db", "files/", "manifest.json"
PART = 1024 * 1024  # bytes
# What reading from a damaged ZIP raises: an entry that is gone, cut or changed, said to be encrypted (RuntimeError), or
# packed in a way that nobody knows (NotImplementedError).
BROKEN = (KeyError, zipfile.BadZipFile, EOFError, zlib.error, RuntimeError, NotImplementedError)
SCRATCH = "backup-scratch-"  # folders beside the database in which one is made or looked at; they go at the next


@dataclass(frozen=True)
class Archive:
    """One that is open."""

    zipped: zipfile.ZipFile
    manifest: Manifest

    def database(self, target: Path) -> None:
        """Its database as a file. Raises NotABackup."""
        with target.open("xb") as file:
            self._read(DATABASE, self.manifest.database, self.manifest.size, file)

    def check_contents(self) -> None:
        """Raises NotABackup."""
        for sha, size in self.manifest.contents.items():
            self._read(CONTENTS + sha, sha, size, None)

    def content(self, sha: str) -> BinaryIO:
        return cast("BinaryIO", self.zipped.open(CONTENTS + sha))

    def _read(self, name: str, sha: str, size: int, target: BinaryIO | None) -> None:
        """No more of it than it says it has, whatever it unpacks to."""
        found, left = sha256(), size
        try:
            with self.zipped.open(name) as source:
                while part := source.read(PART):
                    left -= len(part)
                    if left < 0:
                        break
                    found.update(part)
                    if target is not None:
                        target.write(part)
        except BROKEN as error:
            raise NotABackup(_("This backup was cut off or changed.")) from error
        if left or found.hexdigest() != sha:
            raise NotABackup(_("This backup was cut off or changed."))


def write(target: Path, database: Path, manifest: Manifest, contents: Iterator[tuple[str, BinaryIO]]) -> None:
    """Brought to the disk. `contents` come in the order of the manifest's."""
    with os.fdopen(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
            zipped.write(database, DATABASE)
            for sha, source in contents:
                with zipped.open(zipfile.ZipInfo(CONTENTS + sha), "w", force_zip64=True) as entry:
                    shutil.copyfileobj(source, entry, PART)
            zipped.writestr(MANIFEST, manifest.written())
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def opened(path: Path, passphrase: str | None, scratch: Path) -> Iterator[Archive]:
    """Raises Fault for what cannot be read, lacks its passphrase, or is no backup."""
    try:
        with path.open("rb") as file:
            if not cipher.is_sealed(file):
                plain = path
            elif passphrase is None:
                raise Fault(_("This backup is encrypted. Give its passphrase."))
            else:
                plain = scratch / "plain"
                with plain.open("xb") as target:
                    cipher.unseal(file, target, passphrase)
        with zipfile.ZipFile(plain) as zipped:
            yield Archive(zipped, _manifest(zipped))
    except zipfile.BadZipFile as error:
        raise NotABackup(_("This is no backup of Fallow, or not all of one.")) from error
    except OSError as error:
        raise Fault(_("The backup cannot be read: %(error)s.", error=error.strerror or error)) from error


@contextmanager
def scratch_folder(data: Path) -> Iterator[Path]:
    """For this user alone, on the disk of the database. What a crash left behind goes first, as only one is at work."""
    for left in data.glob(f"{SCRATCH}*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(mkdtemp(prefix=SCRATCH, dir=data))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _manifest(zipped: zipfile.ZipFile) -> Manifest:
    try:
        if zipped.getinfo(MANIFEST).file_size > LARGEST:
            raise NotABackup
        return Manifest.read(zipped.read(MANIFEST))
    except BROKEN as error:
        raise NotABackup from error
