"""What a queue left out can be read about for a year."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from host import clear, db, now
from plugins.recurring.old import RUNS
from plugins.recurring.run import Run


@pytest.fixture
def outcomes(queue, sweep, travel):
    """Two were missed, one was made."""
    travel(days=3)
    sweep()

    def told():
        db.session.expire_all()
        return [run.outcome.value for run in Run.of(queue)]

    assert told() == ["made", "skipped", "skipped"]
    return told


def test_what_made_nothing_goes_after_a_year(outcomes, travel):
    travel(days=364)
    assert RUNS.leftovers.count(now() - timedelta(days=RUNS.days)) == 0
    travel(days=2)
    assert clear(RUNS.leftovers, now() - timedelta(days=RUNS.days)) == 2
    assert outcomes() == ["made"]


def test_the_series_goes_on_as_before(outcomes, queue, sweep, clones, travel):
    travel(days=370)
    clear(RUNS.leftovers, now())
    sweep()
    assert len(clones(queue)) == 2
    assert queue.executions == 2


@pytest.mark.sqlite_only("its plan is told in words of its own")
def test_they_are_found_by_their_index(outcomes):
    asked = "SELECT id FROM recurring_run WHERE outcome <> 'made' AND at < '2030-01-01'"
    told = db.session.execute(text(f"EXPLAIN QUERY PLAN {asked}")).scalars("detail").all()
    assert "ix_recurring_run_empty" in " ".join(map(str, told))
