"""How long to wait before something is sent to a service once more."""

from datetime import timedelta

AGAIN = (1, 5, 15, 60)  # minutes; from then on every hour


def delay_after(tries: int) -> timedelta:
    """The wait after so many tries that came to nothing before this one."""
    return timedelta(minutes=AGAIN[min(tries, len(AGAIN) - 1)])
