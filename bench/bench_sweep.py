"""How long the sweep takes to rest stale cards, beside the same rows written by bare SQL in the same batches.

Each round begins with a copy of one file, and has both after one another. What the floor writes, `sweeping.py` says.
"""

from pathlib import Path
from statistics import median

from sweeping import bare, copy, stale, sweep
from table import Row

ROUNDS = {1_000: 3, 10_000: 3, 100_000: 3, 1_000_000: 1}


def measure() -> list[Row]:
    return [_row(size, rounds) for size, rounds in ROUNDS.items()]


def _row(size: int, rounds: int) -> Row:
    with stale(size) as made:
        pairs = [_pair(made, size) for _round in range(rounds)]
    floor, ours = (median(times) for times in list(zip(*pairs, strict=True))[:2])
    return {
        "cards": size,
        "SQL, s": floor,
        "sweep, s": ours,
        "ratio": median(sweep / bare for bare, sweep, _batches in pairs),
        "batches": pairs[-1][-1],
        "cards a second": round(size / ours),
    }


def _pair(made: Path, size: int) -> tuple[float, float, int]:
    """Seconds of the floor and of the sweep, and in how many batches."""
    with copy(made, size) as data:
        ours = sweep(data)
    batches = len(ours.batches)
    with copy(made, size) as data:
        return bare(data, -(-size // batches)).seconds, ours.seconds, batches
