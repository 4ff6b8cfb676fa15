"""How much a sweep does in one transaction: as much as fits into a moment in which everybody else can wait."""

import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

# SQLite has one writer at a time, and nobody is to wait for 50 ms. With the pause that a checkpoint makes.
HELD = 0.03  # seconds
# The first is small: it also takes what making its statements for the first time takes.
FIRST, LEAST, MOST = 25, 25, 2000  # cards
STEP = 4  # times as many as before, at most: one quick batch says little


class Pace:
    """Learns from each batch how large the next one may be."""

    def __init__(self) -> None:
        self.size = FIRST

    def cut(self, ids: Sequence[int]) -> Iterator[Sequence[int]]:
        """In parts, each as large as is right when its turn comes."""
        begin = 0
        while begin < len(ids):
            part = ids[begin : begin + self.size]
            begin += len(part)
            yield part

    @contextmanager
    def holding(self, cards: int) -> Iterator[None]:
        """Around what so many cards take, from the moment at which we have the lock to the one at which it is gone.
        The garbage collector waits so long: a full collection takes longer than all the rest."""
        began, collecting = time.perf_counter(), gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if collecting:
                gc.enable()
        self.took(time.perf_counter() - began, cards)

    def took(self, seconds: float, cards: int) -> None:
        """So many cards took so long."""
        fitting = int(cards * min(HELD / max(seconds, 1e-6), STEP))
        self.size = max(LEAST, min(fitting, MOST))
