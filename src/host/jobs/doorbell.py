"""Waking the workers of this and other processes. The bell carries no truth: the `job` table does."""

import logging
import time
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from flask import Flask, current_app

from host.errors import Fault

if TYPE_CHECKING:
    from host.jobs.alarm import Alarm

log = logging.getLogger(__name__)

TRIES_AGAIN = 2  # seconds


class Doorbell(Protocol):
    def ring(self, at: datetime) -> None:
        """Wake a worker at this time, or now when it is past; what is more than a minute ahead, the tick will find.
        Never raises: a lost ring costs at most a minute."""


class DistantBell:
    """The bell of a process that runs no jobs itself: it reaches those that do through Huey's store, and keeps nothing
    open between two rings."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._alarm: Alarm | None = None
        self._opens_at = 0.0  # of the monotonic clock; not before

    def ring(self, at: datetime) -> None:
        if time.monotonic() < self._opens_at:  # a store that is silent must not cost every request its patience
            return
        try:
            alarm = self._opened()
            alarm.ring(at)
            alarm.close()
        except Fault as fault:
            self._opens_at = time.monotonic() + TRIES_AGAIN
            log.warning("no worker could be woken; the next tick finds what is due. %s", fault)
        except Exception:
            log.warning("no worker could be woken; the next tick finds what is due", exc_info=True)

    def _opened(self) -> "Alarm":
        """Huey is imported and its store made only where somebody rings."""
        from host.jobs.alarm import Alarm

        if self._alarm is None:
            self._alarm = Alarm(self._app)
        return self._alarm


def wake(at: datetime) -> None:
    """Ring this app's bell, if it has one (a test without workers has none)."""
    bell: Doorbell | None = current_app.extensions["fallow"].doorbell
    if bell is not None:
        bell.ring(at)
