"""Where answers are kept: all were drawn in one state of the program, and none is old."""

from collections import OrderedDict
from collections.abc import Hashable
from datetime import datetime, timedelta
from typing import NamedTuple

from host.pagecache.answer import Answer

KEPT = timedelta(seconds=15)
MOST = 64  # answers
ROOM = 8 * 1024 * 1024  # bytes


class Kept(NamedTuple):
    answer: Answer
    at: datetime

    def is_old(self, at: datetime) -> bool:
        """Or too new, where a clock was put right."""
        return abs(at - self.at) >= KEPT


class Shelf:
    """The newest answers, by what was asked."""

    def __init__(self) -> None:
        self.state: Hashable = None
        self.size = 0  # bytes
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()

    def turn_to(self, state: Hashable, at: datetime) -> None:
        """Throw away what was drawn in another state, and what is old by then."""
        while self._kept and (state != self.state or self._oldest.is_old(at)):
            self._drop_oldest()
        self.state = state

    def find(self, key: Hashable, at: datetime) -> Answer | None:
        """One that is not old; who began to be drawn first need not have been put here first."""
        kept = self._kept.get(key)
        return None if kept is None or kept.is_old(at) else kept.answer

    def put(self, key: Hashable, kept: Kept) -> None:
        if before := self._kept.pop(key, None):
            self.size -= before.answer.size
        self._kept[key] = kept
        self.size += kept.answer.size
        while len(self._kept) > MOST or self.size > ROOM:
            self._drop_oldest()

    @property
    def _oldest(self) -> Kept:
        return next(iter(self._kept.values()))

    def _drop_oldest(self) -> None:
        _key, kept = self._kept.popitem(last=False)
        self.size -= kept.answer.size
