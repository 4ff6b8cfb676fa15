"""How much a sweep does in one transaction: as much as fits into a moment in which everybody else can wait."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

# SQLite has one writer at a time. A batch is to hold it for this long; the issue is that nobody waits for 50 ms, and
# a batch may take twice as long as the one before.
HELD = 0.02  # seconds
FIRST, LEAST, MOST = 200, 25, 1000  # cards


class Pace:
    """Learns from each batch how large the next one may be."""

    def __init__(self, size: int = FIRST) -> None:
        self.size = size

    def cut(self, ids: Sequence[int]) -> Iterator[Sequence[int]]:
        """In parts, each as large as is right when its turn comes."""
        begin = 0
        while begin < len(ids):
            part = ids[begin : begin + self.size]
            begin += len(part)
            yield part

    @contextmanager
    def holding(self, cards: int) -> Iterator[None]:
        """Around what so many cards take, from the moment at which we have the lock to the one at which it is gone."""
        began = time.perf_counter()
        yield
        self.took(time.perf_counter() - began, cards)

    def took(self, seconds: float, cards: int) -> None:
        """At most half as many again as before: one quick batch says little."""
        fitting = int(cards * HELD / max(seconds, 1e-6))
        self.size = max(LEAST, min(fitting, self.size * 3 // 2, MOST))
