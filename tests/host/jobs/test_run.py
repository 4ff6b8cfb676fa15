"""Running jobs, each with its own transaction."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from host.clock import now
from host.db import db
from host.jobs import Claim, Job, JobState, LeaseLost, Task, cancel, checkpoint, current_job, drain, schedule
from host.jobs.batch import claim_due
from host.jobs.outcome import FIRST_PAUSE, LONGEST_PAUSE, finish, pause
from host.jobs.run import run
from host.models import Account
from tests.host.jobs.seen import only_job, states, written


def test_a_job_runs_after_the_commit(write, drain_jobs):
    schedule(write, name="spring")
    assert drain_jobs() == 1
    assert written() == ["spring"]
    job = only_job()
    assert (job.state, job.summary, job.attempts, job.error) == (JobState.DONE, "wrote spring", 1, None)
    assert job.created_at <= job.started_at <= job.finished_at


def test_what_is_rolled_back_never_runs(write, drain_jobs):
    schedule(write, name="spring")
    db.session.rollback()
    assert drain_jobs() == 0
    assert written() == []


def test_jobs_run_in_the_order_of_their_times(write, declare, drain_jobs):
    ran = []
    task = Task("probe.note", lambda name: ran.append(name))
    declare(task)
    schedule(task, name="second")
    schedule(task, at=now() - timedelta(hours=1), name="first")
    schedule(task, name="third")
    assert drain_jobs() == 3
    assert ran == ["first", "second", "third"]


def test_a_later_job_waits_for_its_time(write, drain_jobs, travel):
    schedule(write, delay=timedelta(hours=2), name="spring")
    assert drain_jobs() == 0
    assert only_job().shown_state is JobState.SCHEDULED
    travel(hours=2, seconds=1)
    assert only_job().shown_state is JobState.WAITING
    assert drain_jobs() == 1
    assert written() == ["spring"]


def test_more_than_one_batch_is_done(write, drain_jobs):
    for number in range(45):
        schedule(write, name=f"{number:02}")
    assert drain_jobs() == 45
    assert written() == [f"{number:02}" for number in range(45)]


def test_a_limit_leaves_the_rest_waiting(app, write):
    for number in range(5):
        schedule(write, name=str(number))
    db.session.commit()
    assert drain(limit=3) == 3
    assert states() == {JobState.DONE: 3, JobState.WAITING: 2}


def test_a_job_that_raises_leaves_nothing_and_is_tried_again_later(declare, drain_jobs, travel):
    fails = [True]

    def wobble() -> str:
        db.session.add(Account(name="half"))
        db.session.flush()
        if fails.pop():
            raise ValueError("the well is dry")
        return "drew water"

    task = Task("probe.wobble", wobble)
    declare(task)
    schedule(task)
    fails.insert(0, False)
    assert drain_jobs() == 1
    job = only_job()
    assert (written(), job.state, job.attempts) == ([], JobState.WAITING, 1)
    assert "ValueError: the well is dry" in job.error
    assert now() < job.run_at < now() + 2 * FIRST_PAUSE
    assert drain_jobs() == 0
    travel(seconds=2 * FIRST_PAUSE.total_seconds())
    assert drain_jobs() == 1
    job = only_job()
    assert (written(), job.state, job.summary, job.attempts) == (["half"], JobState.DONE, "drew water", 2)
    assert job.error is None


@pytest.mark.parametrize("error", [ValueError("no"), SystemExit("gone mad"), GeneratorExit(), RecursionError("deep")])
def test_a_job_that_raises_at_its_last_try_has_failed_with_its_traceback(declare, drain_jobs, error):
    def raising() -> None:
        raise error

    task = Task("probe.raising", raising, attempts=1)
    declare(task)
    schedule(task)
    assert drain_jobs() == 1
    job = only_job()
    assert job.state is JobState.FAILED
    assert "Traceback" in job.error
    assert type(error).__name__ in job.error
    assert job.finished_at is not None
    assert drain_jobs() == 0


def test_an_interrupt_ends_the_program_and_not_the_job(declare, write, app):
    def interrupted() -> None:
        raise KeyboardInterrupt

    task = Task("probe.interrupted", interrupted)
    declare(task, write)
    schedule(task)
    schedule(write, name="spring")
    db.session.commit()
    with pytest.raises(KeyboardInterrupt):
        drain()
    assert states() == {JobState.WAITING: 2}
    assert drain() == 1
    assert written() == ["spring"]


def test_a_failing_job_does_not_keep_the_others(declare, write, drain_jobs):
    def raising() -> None:
        raise ValueError

    task = Task("probe.raising", raising)
    declare(task, write)
    schedule(task)
    schedule(write, name="spring")
    assert drain_jobs() == 2
    assert written() == ["spring"]


def test_what_the_database_refuses_is_a_failure_like_another(declare, drain_jobs):
    def refused() -> None:
        db.session.add(Account(name=None))

    task = Task("probe.refused", refused, attempts=1)
    declare(task)
    schedule(task)
    drain_jobs()
    assert "IntegrityError" in only_job().error


def test_pauses_double_are_spread_and_end_at_an_hour():
    middles = {1: FIRST_PAUSE, 2: 2 * FIRST_PAUSE, 5: 16 * FIRST_PAUSE, 12: LONGEST_PAUSE, 9999: LONGEST_PAUSE}
    for attempt, middle in middles.items():
        pauses = {pause(attempt) for _ in range(50)}
        assert min(pauses) >= 0.75 * middle
        assert max(pauses) <= 1.25 * middle
        assert len(pauses) > 1


def test_a_job_can_ask_for_another(declare, write, drain_jobs):
    task = Task("probe.asks", lambda: schedule(write, name="from within") and None)
    declare(task, write)
    schedule(task)
    assert drain_jobs() == 2
    assert written() == ["from within"]


def test_a_job_knows_itself(declare, drain_jobs, owner):
    seen: list[Claim] = []
    task = Task("probe.self", lambda **_payload: seen.append(current_job()))
    declare(task)
    job = schedule(task, key="mine", asked_by_id=owner.id, what="hay")
    job_id, owner_id = job.id, owner.id
    drain_jobs()
    (claim,) = seen
    assert (claim.job_id, claim.asked_by_id, claim.payload) == (job_id, owner_id, {"what": "hay"})
    assert (claim.key, claim.attempt, claim.most_attempts) == ("probe.self:mine", 1, 5)
    assert current_job() is None


def test_a_job_whose_attempt_no_longer_counts_leaves_nothing(write, app):
    schedule(write, name="spring")
    db.session.commit()
    (claim,) = claim_due()
    db.session.execute(update(Job).values(attempts=Job.attempts + 1))
    db.session.commit()
    run(claim)
    assert written() == []
    assert only_job().state is JobState.RUNNING


@pytest.mark.parametrize(
    "changed", [{"attempts": 7}, {"worker": "elsewhere"}, {"state": JobState.WAITING}, {"state": JobState.DONE}]
)
def test_the_fence(write, app, changed):
    schedule(write, name="spring")
    db.session.commit()
    (claim,) = claim_due()
    db.session.execute(update(Job).values(**changed))
    with pytest.raises(LeaseLost):
        finish(claim, "late")


def test_a_checkpoint_keeps_what_was_done_so_far(declare, drain_jobs, travel):
    leases = []

    def stages(names: list[str]) -> None:
        for name in names[len(written()) :]:
            db.session.add(Account(name=name))
            travel(minutes=1)
            checkpoint()
            leases.append(only_job().lease_until)
            db.session.commit()
            if name == "second" and current_job().attempt == 1:
                raise ValueError

    task = Task("probe.stages", stages)
    declare(task)
    schedule(task, names=["first", "second", "third"])
    drain_jobs()
    assert written() == ["first", "second"]
    assert leases[1] - leases[0] >= timedelta(minutes=1)
    travel(minutes=1)
    drain_jobs()
    assert written() == ["first", "second", "third"]


def test_a_checkpoint_of_a_lost_job_keeps_nothing(declare, app):
    went_on = []

    def overtaken() -> None:
        db.session.add(Account(name="late"))
        db.session.execute(update(Job).values(worker="elsewhere"))
        checkpoint()
        went_on.append(True)

    task = Task("probe.overtaken", overtaken)
    declare(task)
    schedule(task)
    db.session.commit()
    assert drain() == 1
    assert (written(), went_on) == ([], [])


def test_a_checkpoint_outside_a_job_is_a_commit(app):
    db.session.add(Account(name="kept"))
    checkpoint()
    db.session.rollback()
    assert written() == ["kept"]


def test_two_that_claim_never_get_the_same(write, app):
    for number in range(30):
        schedule(write, name=str(number))
    db.session.commit()
    first, second = claim_due(20), claim_due(20)
    assert len({claim.job_id for claim in first + second}) == len(first) + len(second) == 30


def test_a_job_that_was_tried_before_is_claimed_alone(write, app):
    third = [schedule(write, name=str(number)) for number in range(4)][2]
    third.attempts = 1
    db.session.commit()
    assert [len(claim_due()) for _ in range(4)] == [2, 1, 1, 0]


def test_cancelling_while_it_runs_says_no(declare, app):
    said = []
    task = Task("probe.late", lambda: said.append(cancel(current_job().job_id)))
    declare(task)
    schedule(task)
    db.session.commit()
    drain()
    assert said == [False]
    assert only_job().state is JobState.DONE
