"""Pictures of entries: files of the feed's own, so that they stay when the post or its author goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from host import Account, File, db

Kept = Mapping[str, Any]  # `file`, its id, and `alt`


@dataclass(frozen=True)
class Shown:
    """A picture where it stands: `number` counts from 0 within its entry."""

    file: File
    alt: str
    number: int


def keep(pictures: Sequence[Mapping[str, str]], account: Account) -> list[Kept] | None:
    """Files for pictures that are known by their `sha256`, in the running transaction; None where one is gone."""
    files = [File.again(account, each["sha256"], by=account.system) for each in pictures]
    kept: list[Kept] = [
        {"file": file.id, "alt": each["alt"]} for file, each in zip(files, pictures, strict=True) if file
    ]
    if len(kept) == len(pictures):
        return kept
    forget(kept)
    return None


def forget(pictures: Sequence[Kept]) -> None:
    for file in _files(pictures).values():
        file.remove()


def shown(pictures: Sequence[Kept]) -> list[Shown]:
    """Those whose files are there."""
    files = _files(pictures)
    return [
        Shown(files[each["file"]], str(each["alt"]), number)
        for number, each in enumerate(pictures)
        if each["file"] in files
    ]


def _files(pictures: Sequence[Kept]) -> dict[int, File]:
    ids = {each["file"] for each in pictures}
    return {file.id: file for file in db.session.scalars(select(File).where(File.id.in_(ids)))} if ids else {}
