"""How many jobs of a plugin run at once."""

import threading

import pytest

from host.db import db
from host.jobs import JobState, Task, drain, schedule
from host.jobs.batch import claim_due
from host.jobs.outcome import finish
from host.plugging import Loaded
from host.plugging.checks import Declared
from tests.host.jobs.seen import states


class Busy:
    """A task that knows how many of it run."""

    def __init__(self):
        self.most = self.now = 0
        self._guard = threading.Lock()
        self.task = Task("probe.busy", self.run)

    def run(self):
        with self._guard:
            self.now += 1
            self.most = max(self.most, self.now)
        threading.Event().wait(0.02)  # work that another could fall into
        with self._guard:
            self.now -= 1


@pytest.fixture
def busy():
    return Busy()


@pytest.fixture
def other(app):
    """A task of another plugin, which has no limit."""
    task = Task("other.any", lambda: None)
    found = app.extensions["fallow"].plugins.found
    found["other"] = Loaded("other", "other", "folder", standing="on", declared=Declared(tasks=[task]))
    yield task
    del found["other"]


def test_no_more_are_claimed_than_may_run_and_others_go_past(declare, busy, other):
    declare(busy.task, jobs_at_once=2)
    for _number in range(5):
        schedule(busy.task)
    for _number in range(2):
        schedule(other)
    db.session.commit()
    first = claim_due()
    assert [claim.task for claim in first] == ["probe.busy"] * 2 + ["other.any"] * 2
    assert claim_due() == []
    finish(first[0], None)
    assert [claim.job_id for claim in claim_due()] == [3]


def test_those_of_a_plugin_at_its_limit_hide_nobody_behind_them(declare, busy, other):
    declare(busy.task, jobs_at_once=1)
    for _number in range(50):
        schedule(busy.task)
    schedule(other)
    db.session.commit()
    assert [claim.task for claim in (*claim_due(), *claim_due())] == ["probe.busy", "other.any"]


@pytest.mark.parametrize("limit", [1, 2])
def test_it_holds_however_many_drain_and_all_are_done(declare, busy, at_once, limit):
    declare(busy.task, jobs_at_once=limit)
    for _number in range(12):
        schedule(busy.task)
    db.session.commit()
    while states().get(JobState.WAITING):
        at_once(drain, drain, drain, drain)
    assert busy.most <= limit
    assert states() == {JobState.DONE: 12}


def test_without_a_limit_there_is_none(declare, busy):
    declare(busy.task)
    for _number in range(7):
        schedule(busy.task)
    db.session.commit()
    assert len(claim_due()) == 7
