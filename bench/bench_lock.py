"""How long a sweep keeps others from writing: the longest time for which another process found the write lock taken.

Each look is at a whole sweep of its own, "in memory" with the data there, since a disk that is busy with something else
may keep one commit waiting for as long as it likes. The bare SQL writes the same rows in as many batches (see
`sweeping.py`).

A look during which a virtual machine's processors were away, lent to another one, for a twentieth of the time or more
is disturbed: the longest of two thousand short times then says more of the neighbours than of us. Such looks are told
apart, and taken again.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from facts import processors, stolen
from sweeping import bare, copy, stale, sweep
from table import Row
from watch import watching

CARDS = 100_000
WANTED, MOST = 5, 10  # looks without a disturbance, and with all others
DISTURBED = 0.05
MEMORY = Path("/dev/shm")


def measure() -> list[Row]:
    with stale(CARDS) as made:
        with copy(made, CARDS) as data:
            _took, batches = sweep(data)
        size = -(-CARDS // batches)
        return [
            _row(made, "sweep", "disk", None, sweep),
            _row(made, "sweep", "memory", MEMORY, sweep),
            _row(made, "bare SQL", "disk", None, lambda data: bare(data, size)),
        ]


def _row(made: Path, what: str, where: str, place: Path | None, work: Callable[[Path], object]) -> Row:
    looks: dict[bool, list[float]] = {False: [], True: []}
    for held, disturbed in _looks(made, place, work):
        looks[disturbed].append(held)
        if len(looks[False]) == WANTED:
            break
    return {
        "what": what,
        "cards": CARDS,
        "on": where,
        "locked, ms": _each(looks[False]),
        "of those the longest": max(looks[False], default=0.0),
        "disturbed, ms": _each(looks[True]),
    }


def _looks(made: Path, place: Path | None, work: Callable[[Path], object]) -> Iterator[tuple[float, bool]]:
    """The longest time in ms that another process could not have written, and whether others disturbed us."""
    for _look in range(MOST):
        with copy(made, CARDS, place) as data:
            before = processors()
            with watching(data / "fallow.db") as longest:
                work(data)
            away = stolen(before, processors())
        yield longest[0] * 1000, away is not None and away >= DISTURBED


def _each(times: list[float]) -> str:
    return ", ".join(f"{time:.0f}" for time in sorted(times)) or "none"
