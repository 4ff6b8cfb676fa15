"""How long to wait before a delivery is tried once more, and before anything else is sent where much fails."""

import random
from datetime import timedelta

# After the first try, the second and so on: eleven tries within a day.
AGAIN = tuple(
    timedelta(minutes=minutes) for minutes in (1 / 6, 1, 5, 15, 30, 60, 2 * 60, 4 * 60, 6 * 60, 9 * 60)
)
IN_A_ROW = 3  # failures after which the whole webhook takes a breath
LONGEST_BREATH = timedelta(minutes=5)
SPREAD = 0.05


def pause_after(tries: int) -> timedelta | None:
    """The wait after so many tries, spread a little so that what failed together does not come together again; None
    when that was the last."""
    if tries > len(AGAIN):
        return None
    spread: float = random.uniform(1 - SPREAD, 1 + SPREAD)  # noqa: S311 -- no secret
    return AGAIN[tries - 1] * spread


def breath_after(failures: int) -> timedelta | None:
    """For how long nothing is sent there after so many failures in a row: a receiver that is down must not be called
    once for each of a thousand cards, nor hold up the other webhooks."""
    if failures < IN_A_ROW:
        return None
    return min(AGAIN[min(failures, len(AGAIN)) - 1], LONGEST_BREATH)
