"""Throwing away what no row needs any more."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import select

from host.clock import now
from host.db import db
from host.files.file import File
from host.files.folder import storage
from host.files.holding import hold
from host.plugging.tasks import task

AT_ONCE = 500  # a statement takes only so many values
LONGEST_ARRIVAL = timedelta(days=1)  # whoever takes longer to store a file has died


@task("host.forget_file")
def forget_content(sha256: str) -> None:
    """After a row of it was removed."""
    _forget(sha256)


class UnusedContents:
    """All contents that no row needs: left behind by a crash, by a change that was undone, or by rows that went with
    their space. Their age is no question, since whoever is about to need one holds it."""

    def count(self, _before: datetime) -> int:
        return sum(1 for _sha256 in _unused())

    def find(self, _before: datetime, most: int) -> Sequence[str]:
        storage().forget_unfinished(now() - LONGEST_ARRIVAL)
        return list(islice(_unused(), most))

    def remove(self, _before: datetime, found: Sequence[str]) -> int:
        return sum(_forget(sha256) for sha256 in found)


def _forget(sha256: str) -> bool:
    """Whether it was thrown away; whoever is about to need it is waited for."""
    hold(sha256)
    if db.session.scalar(select(File.id).filter_by(sha256=sha256).limit(1)) is not None:
        return False
    storage().delete(sha256)
    return True


def _unused() -> Iterator[str]:
    """As it looks without waiting for anybody. Index: ix_file_sha256"""
    keys = storage().keys()
    while some := list(islice(keys, AT_ONCE)):
        needed = set(db.session.scalars(select(File.sha256).where(File.sha256.in_(some))))
        yield from (key for key in some if key not in needed)
