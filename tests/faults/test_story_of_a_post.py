"""Anything in any order: edits, cancels, tokens that die and come back, clocks that jump, networks that fail, workers
that are killed or meet. The post is there once at most, and never where we say that it is not."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from host import Account, Fault, User, db, now
from host.jobs import drain, schedule
from plugins.publishing import answering, scheduling
from plugins.publishing.connection import Connection
from plugins.publishing.planning import sweep
from plugins.publishing.post import Post
from plugins.publishing.states import State
from plugins.publishing.target import Target
from tests.faults.conftest import FULL
from tests.faults.networks import FAULTS, NETWORKS
from tests.faults.victim import POINTS, at, die, live
from tests.peers.peer import Peer

pytestmark = pytest.mark.faults

EXAMPLES, STEPS = (60, 40) if FULL else (4, 25)
NOT_OUT = {State.DRAFT, State.SCHEDULED, State.FAILED, State.CANCELLED, State.MISSED, State.NEEDS_APPROVAL, State.HELD}
SECONDS = st.sampled_from([1, 20, 100, 1000, 4000, 30_000, -3600])


class Story(RuleBasedStateMachine):
    """One post on one connection; its author tells the truth when asked."""

    app: Flask
    name: str
    begin_peer: Callable[..., Peer]
    travel: Callable[..., None]

    def __init__(self) -> None:
        super().__init__()
        network = NETWORKS[self.name]
        self.peer = self.begin_peer(network.peer)
        self.faults: list[Any] = [*FAULTS, *network.own_faults]
        self.owner = Account.open("Meadow", owner_name="Ada Field", email=None)
        self.network, self.written = network, 0
        post = Post.draft(self.owner, ["The kettle is on."])
        scheduling.choose(post, [network.connect(self.peer, self.owner)])
        db.session.commit()
        self.account_id = self.owner.account_id

    @property
    def target(self) -> Target:
        db.session.rollback()
        db.session.expire_all()
        return db.session.scalars(db.select(Target)).one()

    def person(self) -> User:
        return self.target.post.author  # type: ignore[return-value]

    def does(self, what: Callable[[Target, User], object]) -> None:
        """What a person does; they may be told that it cannot be."""
        target = self.target
        with suppress(Fault):
            what(target, self.person())
            db.session.commit()
        db.session.rollback()

    @rule()
    def edit(self) -> None:
        self.written += 1
        text = f"The kettle is on. {self.written}"
        self.does(lambda target, _by: target.post.write([text], {}, revision=target.post.revision, card=None))

    @rule(minutes=st.sampled_from([0, 1, 90]))
    def give_it_a_time(self, minutes: int) -> None:
        self.does(lambda target, by: scheduling.schedule(target.post, now() + timedelta(minutes=minutes), by))

    @rule()
    def want_it_now(self) -> None:
        self.does(lambda target, by: scheduling.again(target, by))

    @rule()
    def cancel(self) -> None:
        self.does(scheduling.cancel)

    @rule()
    def take_it_back(self) -> None:
        self.does(lambda target, _by: scheduling.unschedule(target.post))

    @rule(discard=st.booleans())
    def answer(self, discard: bool) -> None:
        if self.peer.posts:
            self.does(answering.it_is_there)
        elif discard:
            self.does(answering.discard_it)
        else:
            self.does(lambda target, _by: answering.send_it_again(target))

    @rule()
    def connect_it_anew(self) -> None:
        self.does(lambda target, _by: target.connection.release())

    @rule(which=st.integers(0, 100))
    def something_will_go_wrong(self, which: int) -> None:
        fault = self.faults[which % len(self.faults)]
        self.peer.script(self.network.own_faults.get(fault, fault))

    @rule()
    def the_network_is_back(self) -> None:
        self.peer.open()

    @rule(seconds=SECONDS)
    def wait(self, seconds: int) -> None:
        db.session.rollback()
        self.travel(seconds=seconds)

    @rule()
    def work(self) -> None:
        db.session.rollback()
        assert live(self.app) == 0

    @rule(point=st.sampled_from(POINTS))
    def want_it_now_and_die(self, point: str) -> None:
        self.want_it_now()
        live(self.app, at(point))

    @rule(commits=st.integers(1, 30))
    def work_and_die(self, commits: int) -> None:
        left = [commits]

        def reached(_moment: str) -> None:
            left[0] -= 1
            if not left[0]:
                die()

        live(self.app, reached)

    @rule()
    def two_work(self) -> None:
        schedule(sweep)
        db.session.commit()
        db.session.remove()
        threads = [Thread(target=self._drain) for _worker in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _drain(self) -> None:
        with self.app.app_context():
            drain()

    @invariant()
    def it_is_there_once_at_most_and_we_say_so(self) -> None:
        there, target = len(self.peer.posts), self.target
        assert there <= 1
        if target.state is State.PUBLISHED:
            assert there == 1
        if target.state in NOT_OUT:
            assert there == 0, target.state

    def teardown(self) -> None:
        self.peer.stop()
        db.session.rollback()
        for table in (Post, Connection):
            db.session.execute(db.delete(table))
        db.session.execute(db.text("DELETE FROM job"))
        db.session.execute(db.delete(Account).where(Account.id == self.account_id))
        db.session.commit()


@pytest.fixture
def plugins() -> Sequence[str]:
    return ["publishing"]


@pytest.mark.parametrize("name", [name for name in NETWORKS if name != "feed"])
def test_any_story(
    app: Flask, allow: Callable[..., None], begin_peer: Callable[..., Peer], travel: Callable[..., None], name: str
) -> None:
    allow("127.0.0.0/8")
    told = {"app": app, "name": name, "begin_peer": staticmethod(begin_peer), "travel": staticmethod(travel)}
    run_state_machine_as_test(
        type("Told", (Story,), told),
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
