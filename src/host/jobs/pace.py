"""How much is done in one transaction of many: as much as fits into a moment in which everybody else can wait."""

import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

# SQLite has one writer at a time, and nobody is to wait for 50 ms. The rest is for a slow batch and a slow disk.
HELD = 0.015  # seconds
# The first is small: it also takes what making its statements for the first time takes. Below fifty nothing is won:
# what a batch takes whatever its size is then most of it.
FIRST, LEAST, MOST = 25, 50, 2000  # rows
STEP = 4  # times as many as before, at most: one quick batch says little
BACK = 2  # times fewer, at most: nor does one during which SQLite tidied its log, or the machine was elsewhere

Found = TypeVar("Found")


class Pace:
    """Learns from each batch how large the next one may be."""

    def __init__(self) -> None:
        self.size = FIRST

    def cut(self, ids: Sequence[Found]) -> Iterator[Sequence[Found]]:
        """In parts, each as large as is right when its turn comes."""
        begin = 0
        while begin < len(ids):
            part = ids[begin : begin + self.size]
            begin += len(part)
            yield part

    @contextmanager
    def holding(self, rows: int) -> Iterator[None]:
        """Around what so many rows take, from the moment at which we have the lock to the one at which it is gone.
        The garbage collector waits so long: a full collection takes longer than all the rest."""
        began, collecting = time.perf_counter(), gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if collecting:
                gc.enable()
        self.took(time.perf_counter() - began, rows)

    def took(self, seconds: float, rows: int) -> None:
        """So many rows took so long."""
        fitting = int(rows * max(1 / BACK, min(HELD / max(seconds, 1e-6), STEP)))
        self.size = max(LEAST, min(fitting, MOST))
