"""Asking a schedule for its times. It may be a plugin's own code: what it does wrong costs no other (law 7)."""

from collections.abc import Callable
from datetime import UTC, datetime

from host.clock import now
from host.plugging import plugins
from host.plugging.tasks import Periodic


def latest(each: Periodic) -> datetime | None:
    """Its newest time up to now; None where its schedule fails."""
    return _asked(each, each.schedule.latest, now())


def coming(each: Periodic, count: int) -> list[datetime]:
    """Its next times; fewer where its schedule fails."""
    times: list[datetime] = []
    at: datetime | None = now()
    while len(times) < count and at is not None:
        at = _asked(each, each.schedule.following, at)
        times += [at] if at else []
    return times


def _asked(each: Periodic, ask: Callable[[datetime], datetime], at: datetime) -> datetime | None:
    try:
        found = ask(at)
        if found.tzinfo is None:
            raise ValueError(f"{found} has no time zone")  # noqa: TRY301 -- what is wrong is told in one place
        return found.astimezone(UTC)
    except Exception as error:  # noqa: BLE001
        plugins().blame(each.name.partition(".")[0], f"the schedule of {each.name}", error)
        return None
