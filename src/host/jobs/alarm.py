"""Huey as our alarm clock and hands (law 1). It knows two tasks, which say nothing but “look now”."""

import logging
import math
import threading
import time
from datetime import datetime

from flask import Flask

from host.clock import now
from host.jobs.run import drain
from host.jobs.store import huey_for
from host.jobs.tick import AHEAD, tick

log = logging.getLogger(__name__)


class Alarm:
    """One app's Huey. As a doorbell it holds at most a minute and a half ahead; the tick sets what comes later."""

    def __init__(self, app: Flask) -> None:
        """Raises Fault when Huey's store cannot be used."""

        def run_due() -> None:
            with app.app_context():
                drain()

        def run_tick() -> None:
            with app.app_context():
                tick()

        self.huey = huey_for(app.extensions["fallow"].config)
        # By these names one process rings for the tasks of another.
        self._drain = self.huey.task(name="drain")(run_due)
        self._tick = self.huey.periodic_task(lambda _minute: True, name="tick")(run_tick)
        self._guard = threading.Lock()
        self._closing = threading.Lock()
        self.huey.on_shutdown("close")(self.close)  # a PostgreSQL connection for each thread
        self._set_for: set[int] = set()

    def ring(self, at: datetime) -> None:
        """See Doorbell."""
        try:
            ahead = (at - now()).total_seconds()
            if ahead <= 0:
                self.ring_now()
            elif ahead <= AHEAD.total_seconds():
                self._ring_at(math.ceil(time.monotonic() + ahead))
        except Exception:
            log.warning("the bell could not be rung; the next tick finds what is due", exc_info=True)

    def ring_now(self) -> None:
        """One that is still in the queue is enough: it looks after we have committed."""
        if not self.huey.pending_count():
            self._drain()

    def tick_now(self) -> None:
        self._tick()

    def close(self) -> None:
        """Huey's own is not made for two threads at a time."""
        with self._closing:
            self.huey.storage.close()

    def _ring_at(self, second: int) -> None:
        """Once for each second of the monotonic clock, however many jobs fall due in it. Straight into Huey's schedule:
        its own way there is through the queue, in two hops."""
        with self._guard:
            self._set_for = {each for each in self._set_for if each > time.monotonic()}
            if second in self._set_for:
                return
            self._set_for.add(second)
        self.huey.add_schedule(self._drain.s(delay=second - time.monotonic()))
