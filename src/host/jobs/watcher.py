"""The eye on the worker threads and on the clock."""

import logging
import threading
import time
from collections.abc import Callable

from host.clock import now

log = logging.getLogger(__name__)

LOOKS_EVERY = 1  # seconds
JUMP = 5  # seconds; clocks are set right by less


class Watcher(threading.Thread):
    """Replaces threads that died, and notices when the clock jumped: the machine slept, or somebody moved it."""

    def __init__(self, check_threads: Callable[[], object], jumped: Callable[[], None]) -> None:
        super().__init__(name="watcher", daemon=True)
        self._check_threads = check_threads
        self._jumped = jumped
        self._ended = threading.Event()

    def run(self) -> None:
        before = _ahead()
        while not self._ended.wait(LOOKS_EVERY):
            ahead = _ahead()
            try:
                self._check_threads()
                if abs(ahead - before) > JUMP:
                    log.info("the clock moved by %.0f s", ahead - before)
                    self._jumped()
            except Exception:
                log.exception("the watcher could not act; it looks again")
            before = ahead

    def end(self) -> None:
        self._ended.set()
        self.join()


def _ahead() -> float:
    """How far the clock is ahead of the one that never jumps (and stands still while the machine sleeps)."""
    return now().timestamp() - time.monotonic()
