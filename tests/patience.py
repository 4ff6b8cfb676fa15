"""Waiting for what another thread or process does: on a condition, with a deadline, never by luck."""

import time
from collections.abc import Callable

PATIENCE = 60  # seconds; only a failing test waits that long
LOOK_AGAIN = 0.02


def until(condition: Callable[[], object], *, or_else: Callable[[], object] = lambda: "in vain") -> None:
    """Return when the condition holds. Raises AssertionError with what `or_else` says when it never does."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, or_else()
        time.sleep(LOOK_AGAIN)
