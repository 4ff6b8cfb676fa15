"""What a backup says of itself: `manifest.json` in it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Self

from host.errors import Fault
from host.files.folder import KEY
from host.i18n import _

FORMAT = 1  # raised when an older program could no longer read it
LARGEST = 256 * 1024 * 1024  # bytes of a manifest; of each content there is a line in it


class NotABackup(Fault):
    """Something else, or not all of it."""

    def __init__(self, why: str = "") -> None:
        super().__init__(why or _("This is no backup of Fallow."))


@dataclass(frozen=True)
class Manifest:
    """`rows` counts those of each table; `contents` are sizes in bytes by SHA-256; `missing` were gone when it was
    made. `keys` open its secrets, and are there in an encrypted one only; `key_marks` tell which keys those are."""

    version: str  # of the program
    made_at: str  # ISO 8601, UTC
    database: str  # SHA-256
    size: int  # of the database, in bytes
    rows: Mapping[str, int]
    contents: Mapping[str, int]
    missing: Sequence[str] = ()
    key_marks: Sequence[str] = ()
    keys: Sequence[str] = ()
    format: int = FORMAT

    @classmethod
    def read(cls, given: bytes) -> Self:
        """Raises NotABackup, and Fault for one of a newer program."""
        try:
            told = json.loads(given)
            newer = told["format"] > FORMAT
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise NotABackup from error
        if newer:
            raise Fault(_("This backup was made by a newer Fallow. Restore it with that version."))
        try:
            manifest = cls(**{each.name: told[each.name] for each in fields(cls)})
            manifest._check()
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise NotABackup from error
        return manifest

    def written(self) -> bytes:
        return json.dumps(asdict(self), indent=1).encode()

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.made_at)

    def _check(self) -> None:
        """Raises ValueError, TypeError for what we never write."""
        sizes: list[Any] = [self.size, *self.rows.values(), *self.contents.values()]
        if not all(type(each) is int and each >= 0 for each in sizes):
            raise ValueError("a size is a number")
        if not all(KEY.fullmatch(each) for each in (self.database, *self.contents)):
            raise ValueError("a content is named by its SHA-256")
        if self.at.tzinfo is None or not all(isinstance(each, str) for each in self.keys):
            raise ValueError("a moment has a zone, and a key is a text")
