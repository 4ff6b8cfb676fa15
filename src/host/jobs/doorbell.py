"""Waking the workers of this and other processes. The bell carries no truth: the `job` table does."""

from datetime import datetime
from typing import Protocol

from flask import current_app


class Doorbell(Protocol):
    def ring(self, at: datetime) -> None:
        """Wake a worker at this time, or now when it is past. Never raises: a lost ring costs at most a minute."""


def wake(at: datetime) -> None:
    """Ring this app's bell, if it has one (a test without workers has none)."""
    bell: Doorbell | None = current_app.extensions["fallow"].doorbell
    if bell is not None:
        bell.ring(at)
