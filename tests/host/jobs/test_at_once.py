"""Several workers, each in a thread with connections of its own, as on several machines."""

import psycopg
import pytest
from sqlalchemy import select

from host.config import Config
from host.db import db
from host.jobs import JobState, Periodic, Task, TaskRun, drain, every, schedule
from host.jobs.heal import heal
from host.jobs.heartbeat import tell_pages
from host.jobs.periodic import plan, run_now
from host.jobs.presence import Presence, presence
from host.jobs.store import huey_for
from host.jobs.tick import tick
from host.live.wire import live
from host.models import Account, Role, User
from tests.host.jobs.seen import states, written


@pytest.fixture
def sweep(declare, write):
    """A periodic task, and `write` beside it."""
    task = Task("probe.sweep", lambda: db.session.add(Account(name="swept")))
    declare(write, Periodic(every(days=1), task, title="Sweep the barn"))
    return task


def test_each_job_runs_once_however_many_drain(write, at_once):
    for number in range(60):
        schedule(write, name=f"{number:02}")
    db.session.commit()
    ran = at_once(drain, drain, drain)
    assert sum(ran) == 60
    assert written() == [f"{number:02}" for number in range(60)]
    assert states() == {JobState.DONE: 60}


def test_a_slot_runs_once_however_many_tick(sweep, at_once):
    at_once(tick, tick, tick)
    assert written() == ["swept"]
    assert len(db.session.scalars(select(TaskRun)).all()) == 1


def test_run_now_and_the_clock_at_once_leave_one_run_at_a_time(sweep, owner, at_once):
    def by_hand() -> None:
        run_now("probe.sweep", db.session.merge(owner))
        db.session.commit()

    db.session.commit()
    db.session.expunge(owner)
    at_once(by_hand, plan, by_hand)
    unfinished = db.session.scalars(select(TaskRun).where(TaskRun.state == JobState.WAITING)).all()
    assert len(unfinished) == 1
    db.session.commit()


def test_two_that_heal_at_once_take_a_job_back_once(write, at_once):
    schedule(write, name="spring")
    db.session.commit()
    dead = Presence(presence().data)
    dead.enter()
    _claimed_by(dead)
    dead._lock.release()
    at_once(heal, heal, heal)
    assert states() == {JobState.WAITING: 1}
    assert drain() == 1
    assert written() == ["spring"]


def test_huey_s_store_can_be_made_by_several_at_once(app, at_once):
    config = app.extensions["fallow"].config
    stores = at_once(*[lambda: huey_for(config)] * 4)
    for huey in stores:
        assert huey.pending_count() == 0
        huey.storage.close()


@pytest.mark.postgres
def test_a_process_that_begins_waits_for_none_that_sleeps_amid_a_write(postgres, tmp_path):
    """Huey's own way would wait here for as long as the other sleeps."""
    url = postgres.empty(tmp_path)
    config = Config(data=tmp_path, database_url=url)
    huey_for(config).storage.close()
    with psycopg.connect(url.replace("+psycopg", "")) as asleep:
        asleep.execute("INSERT INTO huey_task (queue, data, priority) VALUES ('fallow', '', 0)")
        later = huey_for(config)
        assert later.pending_count() == 0
        later.storage.close()


def test_the_pages_of_those_who_look_after_the_installation_are_told_once(write, owner, member, account):
    admin = User.join(account, name="Bea", email="bea@example.org", role=Role.ADMIN)
    Account.open("Orchard", owner_name="Cyd", email="cyd@example.org")
    db.session.commit()
    heard = []
    send, live().wire.send = live().wire.send, heard.extend
    try:
        presence().news.clear()
        tell_pages()
        assert heard == []
        for name in ("spring", "summer"):
            schedule(write, name=name)
        db.session.commit()
        drain()
        tell_pages()
        tell_pages()
    finally:
        live().wire.send = send
    jobs = [message for message in heard if "jobs" in message.topics]
    assert [(message.account_id, message.people) for message in jobs] == [(account.id, {owner.id, admin.id})]


def _claimed_by(worker: Presence) -> None:
    from host.jobs import Job
    from host.jobs.batch import claim_due

    presence().drop(claim_due())
    db.session.execute(db.update(Job).values(worker=worker.name))
    db.session.commit()
