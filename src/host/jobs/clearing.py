"""Removing much without being in anybody's way: looked for without SQLite's write lock, removed a little at a time."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from host.db import db, reading
from host.jobs.pace import Pace
from host.jobs.run import PAUSE, checkpoint, current_job
from host.plugging.retention import Leftovers

CHOSEN = 50_000  # that are looked up at once


def clear(leftovers: Leftovers, before: datetime, *, each_time: Callable[[int], None] = lambda _gone: None) -> int:
    """Remove all that may go, and say how much that was. For a job or a command: it commits after each batch, together
    with what `each_time` writes, which hears how many went."""
    pace, gone, last = Pace(), 0, None
    while (found := _found(leftovers, before)) and found != last:
        for part in pace.cut(found):
            db.session.connection()  # the write lock, for which we may have to wait
            with pace.holding(len(part)):
                went = leftovers.remove(before, part)
                if went:
                    each_time(went)
                checkpoint(soon_again=True)
            gone += went
            _let_others_write()
        last = found  # what stays, since somebody needs it by now, must not be looked at for ever
    return gone


def _found(leftovers: Leftovers, before: datetime) -> Sequence[Any]:
    """In a transaction that keeps nobody from writing."""
    db.session.commit()
    with reading():
        found = leftovers.find(before, CHOSEN)
        db.session.commit()
    return found


def _let_others_write() -> None:
    """In a job `checkpoint` has seen to that."""
    if current_job() is None:
        time.sleep(PAUSE)
