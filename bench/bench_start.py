"""How long it takes from the start of the program to its first page: on a new data folder, and on one that is there."""

from pathlib import Path
from statistics import median

from field import folder
from process import kinds, started
from table import Row

ROUNDS = 5


def measure() -> list[Row]:
    return [_row(name, command) for name, command in kinds().items()]


def _row(name: str, command: Path) -> Row:
    first = []
    for _round in range(ROUNDS):
        with folder() as data:
            first.append(_seconds(command, data))
    with folder() as data:
        _seconds(command, data)
        again = [_seconds(command, data) for _round in range(ROUNDS)]
    slowest = max(first + again)
    return {"started as": name, "first time, s": median(first), "again, s": median(again), "slowest, s": slowest}


def _seconds(command: Path, data: Path) -> float:
    with started(command, data) as running:
        return running.seconds
