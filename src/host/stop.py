"""The wish to stop, as the system's signals tell it."""

import os
import signal
from collections.abc import Callable
from types import FrameType
from typing import Self

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
FORCED = 130  # what a shell gives a program that was interrupted


class Stop:
    """The first signal asks, the second insists."""

    def __init__(self) -> None:
        self.wanted = False
        self._then: Callable[[], None] = lambda: None

    def on_signals(self) -> Self:
        """Take signals from now on. Works in the main thread only."""
        for name in SIGNALS:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:  # `nohup` ignores SIGHUP
                signal.signal(number, self._asked)
        return self

    def then(self, act: Callable[[], None]) -> None:
        """What to do when it is wanted, which it may be already."""
        self._then = act
        if self.wanted:
            act()

    def _asked(self, _number: int, _frame: FrameType | None) -> None:
        if self.wanted:
            os._exit(FORCED)
        self.wanted = True
        self._then()
