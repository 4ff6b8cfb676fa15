"""A look at many cards that keeps nobody from writing."""

from collections.abc import Callable
from typing import TypeVar

from host import db, reading

Found = TypeVar("Found")


def glance(look: Callable[[], Found]) -> Found:
    """What it finds, in a transaction of its own: what was written before is committed, and what comes after may have
    to wait for the write lock."""
    db.session.commit()
    with reading():
        found = look()
        db.session.commit()
    return found
