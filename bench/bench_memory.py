"""How much memory the running program holds, with its workers, after a minute's use of a board of 500 cards (Linux)."""

import time
from collections.abc import Iterator
from pathlib import Path

from field import boards, cards, folder, program, space
from process import kinds, started
from table import Row

from host.clock import now

CARDS = 500
VISITS = 50
REST = 5  # seconds


def measure() -> list[Row]:
    return [_row(name, command) for name, command in kinds().items()]


def _row(name: str, command: Path) -> Row:
    with folder() as data:
        with program(data):
            [board] = boards(space(), 1)
            cards([board], CARDS, days_ago=(0, 29), at=now())
            path = f"/boards/{board.id}"
        with started(command, data) as running:
            time.sleep(REST)
            fresh = megabytes(running.pid)
            for _visit in range(VISITS):
                assert b"</html>" in running.get(path)
            time.sleep(REST)
            return {"started as": name, "at rest, MB": fresh, f"after {VISITS} boards, MB": megabytes(running.pid)}


def megabytes(pid: int) -> int:
    """What it and its children would give back if they ended: shared pages count by their share."""
    return round(sum(_held(each) for each in [pid, *_children(pid)]) / 1000)


def _held(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _children(pid: int) -> Iterator[int]:
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        yield int(child)
        yield from _children(int(child))
