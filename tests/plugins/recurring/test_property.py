"""Anything in any order: zones, intervals, sleeps, pauses, failures, hands, and two workers who meet. Each occurrence
that is served has one copy, none before its time; what is counted is what was made; the series keeps to its grid."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from host import Account, Fault, clock, db, now
from plugins.publishing import Connection, Post, choose
from plugins.recurring import changing
from plugins.recurring.changing import Plan
from plugins.recurring.queue import Mode, Queue, Status
from plugins.recurring.rhythm import Rhythm, Unit
from plugins.recurring.run import Outcome, Run
from plugins.recurring.sweeping import process_queues

EXAMPLES = 150 if os.environ.get("FALLOW_FAULTS") == "full" else 4
ZONES = ("America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "America/Santiago", "UTC")

HOUR = 60
sleeps = st.tuples(st.just("sleep"), st.sampled_from([24 * HOUR, 25 * HOUR, 7, 5 * HOUR, 3 * 24 * HOUR, 9 * 24 * HOUR]))
acts = st.tuples(st.sampled_from(["by hand", "pause", "resume", "fail", "mend", "resume", "mend"]), st.just(0))
steps = st.lists(st.one_of(sleeps, sleeps, sleeps, acts), min_size=6, max_size=12)
plans = st.fixed_dictionaries(
    {
        "zone": st.sampled_from(ZONES).map(ZoneInfo),
        "every": st.integers(1, 5),
        "unit": st.sampled_from([Unit.DAYS, Unit.DAYS, Unit.DAYS, Unit.MONTHS]),
        "mode": st.sampled_from(Mode),
        "most": st.none() | st.integers(1, 6),
        "grace_hours": st.sampled_from([None, None, 1, 30]),
        "left_out": st.frozensets(st.integers(1, 20), max_size=3),
        "at": st.builds(time, st.integers(0, 23), st.sampled_from([0, 30])),
    }
)


@dataclass
class Life:
    """One queue of one person, whose clock begins at another day each time."""

    app: Flask
    queue_id: int = 0
    post_id: int = 0
    seen: set[int] = field(default_factory=set)

    def begin(self, given: dict[str, object]) -> None:
        owner = Account.open("Meadow", owner_name="Ada Field", email=None)
        post = Post.draft(owner, ["The kettle is on."])
        choose(post, [Connection.feed_of(owner.account)])
        zone, at, left_out = given.pop("zone"), given.pop("at"), given.pop("left_out")
        day = now().astimezone(zone).date() + timedelta(days=1)
        skip = frozenset(day + timedelta(days=number) for number in left_out)
        plan = Plan(begins=datetime.combine(day, at), zone=zone, skip_dates=skip, **given)  # type: ignore[arg-type]
        queue = changing.create("post", post.id, plan, owner)
        self.queue_id, self.post_id = queue.id, post.id
        db.session.commit()

    def does(self, what: Callable[[Queue], object]) -> None:
        """What a person does; they may be told that it cannot be."""
        with suppress(Fault):
            what(self.queue)
            db.session.commit()
        db.session.rollback()

    def say(self, words: str) -> None:
        """Of a post without any nothing can be made."""
        db.session.get_one(Post, self.post_id).texts = [words]
        db.session.commit()

    def sweep(self) -> None:
        """By two workers at once."""
        start = Barrier(2)

        def work() -> None:
            with self.app.app_context():
                start.wait(10)
                process_queues.run()
                db.session.commit()

        db.session.commit()
        with ThreadPoolExecutor(2) as both:
            for each in [both.submit(work), both.submit(work)]:
                each.result(60)

    def step(self, kind: str, minutes: int) -> None:
        acts: dict[str, Callable[[], None]] = {
            "sleep": lambda: clock.travel(timedelta(minutes=minutes)),
            "pause": lambda: self.does(lambda queue: changing.pause(queue, queue.owner)),  # type: ignore[arg-type]
            "resume": lambda: self.does(changing.resume),
            "by hand": lambda: self.does(changing.run_now),
            "fail": lambda: self.say(""),
            "mend": lambda: self.say("The kettle is on."),
        }
        acts[kind]()
        grid = self.queue.rhythm
        self.sweep()
        self.check(grid)

    @property
    def queue(self) -> Queue:
        db.session.rollback()
        db.session.expire_all()
        return db.session.get_one(Queue, self.queue_id)

    def check(self, grid: Rhythm) -> None:
        queue = self.queue
        runs = [run for run in Run.of(queue) if run.outcome is Outcome.MADE]
        clones = {post.id: post for post in db.session.scalars(select(Post).filter_by(created_by_queue=queue.id))}
        assert sorted(run.made_id or 0 for run in runs) == sorted(clones)
        assert queue.executions == len(runs) <= (queue.max_executions or len(runs))
        assert sorted(run.number or 0 for run in runs) == [*range(1, len(runs) + 1)]
        for run in runs:
            at = clones[run.made_id or 0].at
            assert at is not None
            assert at >= run.occurrence
            assert run.at >= run.occurrence
            if not run.by_hand and run.id not in self.seen:
                assert grid.nearest(run.occurrence) == run.occurrence
                self.seen.add(run.id)
        self.check_what_is_next(queue)

    def check_what_is_next(self, queue: Queue) -> None:
        if queue.status is Status.COMPLETED:
            assert (queue.next_time, queue.due_at, queue.is_over) == (None, None, True)
            return
        assert queue.next_time is not None
        assert queue.rhythm.nearest(queue.next_time) == queue.next_time
        local = queue.next_time.astimezone(queue.clock)
        assert local.time() == queue.local_time or queue.rhythm.is_shifted(queue.next_time)
        assert local.date().isoformat() not in queue.skip_dates
        if queue.status is Status.ACTIVE:
            assert queue.due_at is not None
            assert queue.due_at > now()  # what is due was tried; what failed has its next try


@pytest.fixture
def sent_back():
    """The clock goes back to where it was before each life."""
    before = clock.offset()

    def back(to: date) -> None:
        clock.travel(datetime.combine(to, time(), UTC) - now())

    yield back
    clock.travel(before - clock.offset())


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(begin=st.dates(date(2027, 1, 1), date(2028, 12, 1)), plan=plans, story=steps)
def test_a_life(app, sent_back, begin, plan, story):
    sent_back(begin)
    life = Life(app)
    life.begin(dict(plan))
    for kind, minutes in story:
        life.step(kind, minutes)
    db.session.execute(delete(Queue))
    db.session.commit()
