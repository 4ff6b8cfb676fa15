"""The one source of time: aware UTC, microseconds.

For tests of real processes the clock can be moved through a file named by `FALLOW_CLOCK_FILE`
that holds a number of seconds to add (`86400` is a day ahead); time goes on running from there.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FARTHEST = timedelta(days=365 * 1000)  # what is computed from a time must still be one

_travelled = timedelta()


def now() -> datetime:
    """The present moment as aware UTC."""
    return datetime.now(UTC) + offset()


def offset() -> timedelta:
    """How far this clock is ahead of the machine's."""
    path = os.environ.get("FALLOW_CLOCK_FILE")
    return _travelled + (_read(Path(path)) if path else timedelta())


def travel(by: timedelta) -> None:
    """Move this process's clock, for tests; see `host.testing`."""
    global _travelled
    _travelled += by


def _read(path: Path) -> timedelta:
    """A file that is missing, empty, half-written or absurd leaves the clock alone: it is rewritten while we run."""
    try:
        moved = timedelta(seconds=float(path.read_text().strip() or 0))
    except (OSError, ValueError, OverflowError):
        return timedelta()
    return moved if abs(moved) < FARTHEST else timedelta()
