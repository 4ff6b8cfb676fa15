"""A real board goes stale, told by real processes: `fallow init`, `import trello`, `entropy preview`, `tasks run`."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

EXPORT = Path(__file__).parents[2] / "data" / "trello" / "board-small.json"
CARDS = json.loads(EXPORT.read_text())["cards"]


class Machine:
    """A computer whose clock stands at a moment of the board's life."""

    def __init__(self, folder: Path, at: datetime) -> None:
        clock = folder / "clock"
        clock.write_text(str((at - datetime.now(UTC)).total_seconds()))
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FALLOW_")}
        self.environment = {**kept, "FALLOW_DATA": str(folder / "data"), "FALLOW_CLOCK_FILE": str(clock)}

    def fallow(self, *words: str) -> str:
        command = [sys.executable, "-m", "host", *words]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def told(self, *words: str) -> Any:
        return json.loads(self.fallow(*words, "--json"))


def stale(at: datetime) -> int:
    """Open cards that nobody had touched for thirty days, straight from the file."""
    last = [datetime.fromisoformat(card["dateLastActivity"]) for card in CARDS if not card["closed"]]
    return sum(each <= at - timedelta(days=30) for each in last)


@pytest.mark.parametrize("at", [datetime(2015, 7, 10, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)])
def test_the_sweep_rests_exactly_what_the_file_says_and_nothing_twice(tmp_path: Path, at: datetime) -> None:
    machine = Machine(tmp_path, at)
    machine.fallow("init", "--name", "Meadow", "--email", "ines@example.org")
    told = machine.told("import", "trello", str(EXPORT), "--dates", "keep")
    assert told["taken"]["cards_in_columns"] == sum(not card["closed"] for card in CARDS)
    assert sum(board["cards"] for board in machine.told("entropy", "preview")) == stale(at)
    first, second = machine.fallow("tasks", "run", "entropy.sweep"), machine.fallow("tasks", "run", "entropy.sweep")
    assert first.splitlines()[-1] == f"rested {stale(at)} cards on 1 board"
    assert second.splitlines()[-1] == "nothing to rest"
    assert machine.fallow("db", "check") == "The database is in order.\n"


def test_the_moments_tell_different_stories() -> None:
    assert 0 < stale(datetime(2015, 7, 10, tzinfo=UTC)) < stale(datetime(2026, 1, 1, tzinfo=UTC)) == 33
