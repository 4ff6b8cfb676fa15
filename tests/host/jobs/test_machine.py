"""Anything in any order: what is asked for runs once, whatever crashes in between."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import delete

from host.clock import now
from host.db import db
from host.jobs import Job, JobState, Task, cancel, drain, reschedule, schedule
from host.jobs.batch import claim_due
from host.jobs.claim import LeaseLost
from host.jobs.outcome import finish
from host.jobs.presence import presence
from host.jobs.tick import tick
from host.models import Account

LANES = st.sampled_from([None, None, "a", "b"])
KEYS = st.sampled_from([None, None, None, "x", "y"])
DELAYS = st.sampled_from([0, 0, 0, 30, 4000])
WHICH = st.integers(0, 1_000_000)


class Queue(RuleBasedStateMachine):
    """The queue beside a model of it: the names that must be written, each once."""

    write: Task
    travel: Callable[..., None]

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0
        self.wanted: dict[int, str] = {}  # by the job's id
        self.left: list[object] = []  # claims in the hands of the dead

    @rule(lane=LANES, key=KEYS, delay=DELAYS)
    def ask_for(self, lane: str | None, key: str | None, delay: int) -> None:
        self.ask(lane, key, delay)

    def ask(self, lane: str | None, key: str | None, delay: int) -> None:
        self.asked += 1
        name = f"{self.asked:03}"
        job = schedule(self.write, lane=lane, key=key, delay=timedelta(seconds=delay), name=name)
        db.session.commit()
        self.wanted[job.id] = name  # one that a key moved has the new name

    @rule(which=WHICH)
    def take_back(self, which: int) -> None:
        if self.wanted:
            chosen = sorted(self.wanted)[which % len(self.wanted)]
            if cancel(chosen):
                del self.wanted[chosen]
            db.session.commit()

    @rule(which=WHICH, seconds=st.integers(-100, 4000))
    def move(self, which: int, seconds: int) -> None:
        if self.wanted:
            reschedule(sorted(self.wanted)[which % len(self.wanted)], now() + timedelta(seconds=seconds))
            db.session.commit()

    @rule(most=st.integers(1, 5))
    def work(self, most: int) -> None:
        drain(most)

    @rule()
    def crash(self) -> None:
        """A worker dies with what it has claimed, one job at least."""
        self.ask(None, None, 0)
        claims = claim_due(3)
        self.left += claims
        presence().drop(claims)

    @precondition(lambda self: self.left)
    @rule()
    def come_back_too_late(self) -> None:
        """What was thought dead finishes after all; if somebody has taken over, in vain."""
        for claim in self.left:
            try:
                db.session.add(Account(name=claim.payload["name"]))
                finish(claim, None)
            except LeaseLost:
                db.session.rollback()
        self.left = []

    @rule()
    def look(self) -> None:
        tick()

    @rule(seconds=st.sampled_from([1, 60, 3600, 90_000, -60]))
    def wait(self, seconds: int) -> None:
        self.travel(seconds=seconds)

    @invariant()
    def nothing_is_lost_and_nothing_twice(self) -> None:
        states = {row[0]: row[1] for row in db.session.execute(db.select(Job.id, Job.state))}
        names = self._written()
        db.session.commit()
        assert set(self.wanted) <= set(states)
        assert len(names) == len(set(names))
        assert {name for key, name in self.wanted.items() if states[key] is JobState.DONE} == set(names)

    def teardown(self) -> None:
        for _hour in range(6):
            self.travel(hours=3)
            tick()
        names = self._written()
        db.session.commit()
        try:
            assert sorted(names) == sorted(self.wanted.values())
        finally:
            db.session.execute(delete(Job))
            db.session.execute(delete(Account))
            db.session.commit()

    def _written(self) -> list[str]:
        """In the order in which they were."""
        return list(db.session.scalars(db.select(Account.name).order_by(Account.id)))


@pytest.mark.sqlite_only("what two databases do at the same moment is tried elsewhere")
def test_any_story(app: Flask, write: Task, travel: Callable[..., None]) -> None:
    machine = type("Story", (Queue,), {"write": write, "travel": staticmethod(travel)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
