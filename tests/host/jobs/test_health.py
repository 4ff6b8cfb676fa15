"""The figures: counts, the dot, jobs by hour; and what they cost."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, text

from host.clock import now
from host.db import db
from host.jobs import Job, JobState
from host.jobs.health import Dot, counts, dot
from host.jobs.history import DAY, WEEK, bars
from host.web.jobchart import JobChart, sparkline
from host.web.spans import near, span, took
from tests.host.jobs.test_periodic import AT


def add(state: JobState, count: int = 1, **values: object) -> None:
    row = {"task": "probe.write", "state": state, "payload": {}, **values}
    db.session.execute(insert(Job), [row] * count)
    db.session.commit()


def test_counts(app, travel):
    assert not any(counts().values())
    add(JobState.WAITING, 2, run_at=now() - timedelta(seconds=90))
    add(JobState.WAITING, 3, run_at=now() + timedelta(hours=1))
    add(JobState.RUNNING)
    add(JobState.FAILED, 4)
    add(JobState.PARKED, 5)
    add(JobState.DONE, 6)
    found = counts()
    assert 90 <= found.pop("oldest_waiting_seconds") < 120
    assert found == {"waiting": 2, "scheduled": 3, "running": 1, "failed": 4, "parked": 5}


def test_what_is_ahead_has_not_waited(app):
    add(JobState.WAITING, run_at=now() + timedelta(hours=1))
    assert counts()["oldest_waiting_seconds"] == 0


def test_the_dot(app):
    assert dot() == Dot("ok", "Jobs running well")
    add(JobState.FAILED)
    assert dot() == Dot("failed", "1 job failed")
    add(JobState.FAILED)
    assert dot() == Dot("failed", "2 jobs failed")


def test_healthz_tells_the_counts(anonymous):
    add(JobState.FAILED, 2)
    assert anonymous.get("/healthz").json["jobs"]["failed"] == 2


@pytest.mark.parametrize(("chosen", "number", "step"), [(DAY, 24, 1), (WEEK, 28, 6)])
def test_bars(app, travel, chosen, number, step):
    travel(seconds=(AT - now()).total_seconds())
    add(JobState.DONE, 3, finished_at=now())
    add(JobState.FAILED, 2, finished_at=now() - timedelta(hours=step))
    add(JobState.DONE, 7, finished_at=now() - timedelta(days=30))
    add(JobState.RUNNING, started_at=now())
    found = bars(chosen)
    assert len(found) == number
    assert [(bar.done, bar.failed) for bar in found[-3:]] == [(0, 0), (0, 2), (3, 0)]
    assert sum(bar.done for bar in found) == 3
    assert found[-1].begins <= now() < found[-1].begins + timedelta(hours=step)


def test_the_chart_fits_its_frame(app, travel):
    travel(seconds=(AT - now()).total_seconds())
    add(JobState.DONE, 70, finished_at=now())
    add(JobState.FAILED, 1, finished_at=now())
    chart = JobChart(bars(DAY), DAY)
    newest = chart.drawn[-1]
    assert chart.lines == [(20, 100), (70, 50), (120, 0)]
    assert (newest.done_height, newest.done_y, newest.failed_height, newest.newest) == (70, 50, 4, True)
    assert newest.failed_y + newest.failed_height < newest.done_y
    assert newest.x + chart.width <= 720
    assert [bar.label for bar in chart.drawn if bar.label] != []
    assert chart.summary == "70 done, 1 failed"


def test_an_empty_chart_has_a_scale(app):
    chart = JobChart(bars(DAY), DAY)
    assert chart.lines == [(20, 2), (70, 1), (120, 0)]
    assert not any(bar.done_height or bar.failed_height for bar in chart.drawn)


def test_a_fine_line_for_durations():
    class Run:
        def __init__(self, seconds):
            self.started_at, self.finished_at = AT, seconds and AT + timedelta(seconds=seconds)

    assert sparkline([Run(2), Run(1), Run(None), Run(4)]) == [(62, 3.0), (72, 13.5), (82, 10.0)]
    assert sparkline([]) == []


def test_lengths_of_time_in_words():
    words = {0: "0 s", 59: "59 s", 60: "1 min", 3599: "59 min", 3600: "1 h", 47 * 3600: "47 h", 48 * 3600: "2 days"}
    assert {seconds: span(timedelta(seconds=seconds)) for seconds in words} == words
    assert span(timedelta(seconds=-5)) == "0 s"
    assert [took(timedelta(seconds=each)) for each in (0.04, 1.25, 90)] == ["0.0 s", "1.2 s", "1 min"]


def test_times_near_to_now_in_words(travel):
    travel(seconds=(AT - now()).total_seconds())
    noon = now().astimezone().replace(hour=12, minute=0, second=0, microsecond=0)
    travel(seconds=(noon - now()).total_seconds())
    assert near(now() + timedelta(minutes=18, seconds=30)) == "in 18 min"
    assert near(now() + timedelta(hours=2)) == "today, 14:00"
    assert near(now() - timedelta(minutes=10, seconds=1)) == "today, 11:49"
    assert near(now() + timedelta(days=1)) == "tomorrow, 12:00"
    assert near(now() - timedelta(days=1)) == "yesterday, 12:00"
    assert near(now() - timedelta(days=40)) == "12 Oct, 12:00"


@pytest.mark.parametrize(
    "query",
    [
        # The claim, from the index in its order.
        "SELECT * FROM job WHERE state = 'waiting' AND run_at <= '2026-11-21' ORDER BY run_at, id LIMIT 20",
        "SELECT count(*) FROM (SELECT id FROM job WHERE state = 'failed' LIMIT 1000)",
        "SELECT min(run_at) FROM job WHERE state = 'waiting'",
        "SELECT * FROM task_run WHERE task = 'entropy.sweep' ORDER BY id DESC LIMIT 9",
    ],
)
@pytest.mark.sqlite_only("the plan of each database is its own; PostgreSQL's depends on what it counted")
def test_what_workers_and_pages_ask_is_answered_from_an_index_in_order(app, query):
    add(JobState.WAITING, 50)
    plan = [row.detail for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {query}"))]
    assert any("USING INDEX" in line or "USING COVERING INDEX" in line for line in plan)
    assert not any("TEMP B-TREE" in line or line.startswith(("SCAN job", "SCAN task_run")) for line in plan)
