"""Open pages hear of jobs: the jobs page of whatever happens, all others when their dot changes."""

import pytest

from host.db import db
from host.jobs import Periodic, Task, drain, every, pauses, schedule
from host.jobs.heartbeat import tell_pages
from host.jobs.known import periodics
from host.jobs.mending import bring_forward, discard, retry, retry_all
from host.live.wire import live
from host.models import Account
from tests.host.live.conftest import Recorder


@pytest.fixture
def sent(app, owner, member):
    """What goes out from now on."""
    db.session.commit()
    live().wire = recorder = Recorder()
    return recorder


@pytest.fixture
def gate(declare, write):
    """A task that raises at its only try."""

    def raising() -> None:
        raise ValueError("rusty")

    task = Task("probe.gate", raising, attempts=1)
    declare(write, task)
    return task


def told(sent):
    """The topics since the last look."""
    db.session.commit()
    topics = sent.topics
    sent.messages.clear()
    return topics


def ran(*jobs):
    """Run them, and let the heart beat."""
    db.session.commit()
    drain()
    tell_pages()
    return [job.id for job in jobs]


def test_the_dot_is_told_of_when_another_number_has_failed(sent, gate, write):
    ran(schedule(write, name="spring"))
    assert told(sent) == ["health", "jobs"], "nobody knows yet what pages show"
    ran(schedule(write, name="summer"))
    assert told(sent) == ["jobs"]
    ran(schedule(gate))
    assert told(sent) == ["health", "jobs"]
    ran(schedule(write, name="autumn"))
    assert told(sent) == ["jobs"]
    tell_pages()
    assert told(sent) == []


def test_whoever_looks_after_the_installation_is_told_and_nobody_else(sent, gate, owner):
    owner_id = owner.id
    Account.open("Orchard", owner_name="Cyd", email="cyd@example.org")
    ran(schedule(gate))
    assert sent.reaches("jobs") == {owner_id}
    assert sent.reaches("health") == {owner_id}


@pytest.mark.parametrize(
    ("mend", "topics"),
    [
        (retry, ["health", "jobs"]),
        (discard, ["health", "jobs"]),
        (lambda _id: retry_all(), ["health", "jobs"]),
        (lambda _id: retry_all("probe"), ["health", "jobs"]),
    ],
)
def test_what_is_mended_by_hand_is_told(sent, gate, mend, topics):
    [failed] = ran(schedule(gate))
    told(sent)
    mend(failed)
    assert told(sent) == topics


def test_what_is_brought_forward_or_paused_is_told(sent, write, declare):
    declare(write, Periodic(every(hours=1), Task("probe.sweep", lambda: None), title="Sweep"))
    job = schedule(write, name="spring")
    told(sent)
    bring_forward(job.id)
    assert told(sent) == ["jobs"]
    for change in (pauses.pause, pauses.resume):
        change(next(iter(periodics())))
        assert told(sent) == ["jobs"]
