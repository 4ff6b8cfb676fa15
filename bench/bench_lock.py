"""How long a sweep keeps others from writing: the longest time for which another process found the write lock taken.

Each look is at a whole sweep of its own, "in memory" with the data there, since a disk that is busy with something else
may keep one commit waiting for as long as it likes. The bare SQL writes the same rows in as many batches (see
`sweeping.py`).

A look during which a virtual machine's processors were away, lent to another one, for a twentieth of the time or more
is disturbed: the longest of two thousand short times then says more of the neighbours than of us. Such looks are told
apart, and taken again. "at work, ms" is what the longest batch of all looks took of the processor before its commit:
about so long it holds the lock on a machine that lets it run.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from facts import processors, stolen
from sweeping import Swept, bare, copy, stale, sweep
from table import Row
from watch import watching

CARDS = 100_000
WANTED, MOST = 5, 10  # looks without a disturbance, and with all others
DISTURBED = 0.05
MEMORY = Path("/dev/shm")

Work = Callable[[Path], Swept]


def measure() -> list[Row]:
    with stale(CARDS) as made:
        with copy(made, CARDS) as data:
            size = -(-CARDS // len(sweep(data).batches))
        return [
            _row(made, "sweep", "disk", None, sweep),
            _row(made, "sweep", "memory", MEMORY, sweep),
            _row(made, "bare SQL", "disk", None, lambda data: bare(data, size)),
        ]


class Look(NamedTuple):
    """The longest time in ms that another process could not have written, whether others disturbed us, and the
    processor's time, in ms, of the batches."""

    held: float
    disturbed: bool
    at_work: Sequence[float]


def _row(made: Path, what: str, where: str, place: Path | None, work: Work) -> Row:
    looks: list[Look] = []
    while len(looks) < MOST and sum(not look.disturbed for look in looks) < WANTED:
        looks.append(_look(made, place, work))
    at_work = sorted(each for look in looks for each in look.at_work)
    return {
        "what": what,
        "cards": CARDS,
        "on": where,
        "locked, ms": _each(look.held for look in looks if not look.disturbed),
        "disturbed, ms": _each(look.held for look in looks if look.disturbed),
        "at work, ms": at_work[-1],
        "half of them, ms": median(at_work),
    }


def _look(made: Path, place: Path | None, work: Work) -> Look:
    with copy(made, CARDS, place) as data:
        before = processors()
        with watching(data / "fallow.db") as longest:
            swept = work(data)
        away = stolen(before, processors())
    disturbed = away is not None and away >= DISTURBED
    return Look(longest[0] * 1000, disturbed, [each * 1000 for each in swept.batches])


def _each(times: Iterable[float]) -> str:
    return ", ".join(f"{time:.0f}" for time in sorted(times)) or "none"
