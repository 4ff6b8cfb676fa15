"""kill -9 at each step of a post, whatever the network does at that moment: it is never there twice, and what we say of
it is true."""

import os
import random
import signal
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import product

import pytest
from flask import Flask

from host import User, clock, db
from plugins.publishing.part import PartState
from plugins.publishing.post import Post
from plugins.publishing.scheduling import choose, publish_now
from plugins.publishing.states import State
from plugins.publishing.target import Target
from tests.faults.conftest import FULL
from tests.faults.networks import FAULTS, NETWORKS, SLOW_FAULTS, Network
from tests.faults.victim import POINTS, at, die, live
from tests.peers.peer import Peer

pytestmark = pytest.mark.faults

BY_THE_NETWORK = "after the network did it"
POINTS_OF_IT = (*POINTS, BY_THE_NETWORK)
RUNS = 1000 if FULL else 20
# How long it takes until all has come to rest, and how often somebody looks meanwhile.
STEPS = (
    [timedelta(seconds=30)] * 4 + [timedelta(minutes=2)] * 3 + [timedelta(minutes=40)] * 3 + [timedelta(hours=7)] * 5
)
AT_REST = {State.PUBLISHED, State.FAILED, State.CANCELLED, State.MISSED, State.HELD}


@pytest.fixture
def plugins() -> Sequence[str]:
    return ["publishing"]


@pytest.fixture
def running(app: Flask, owner: User, allow: Callable[..., None]) -> Flask:
    """The program in which Ada publishes."""
    allow("127.0.0.0/8")
    return app


@pytest.fixture
def time() -> Iterator[Callable[[timedelta], None]]:
    gone = timedelta()

    def passes(by: timedelta) -> None:
        nonlocal gone
        gone += by
        clock.travel(by)

    yield passes
    clock.travel(-gone)


def asked_for(network: Network, peer: Peer, owner: User) -> None:
    """A post of Ada's is due now."""
    post = Post.draft(owner, network.texts)
    choose(post, [network.connect(peer, owner)])
    publish_now(post, owner)
    db.session.commit()


def at_number(number: int) -> Callable[[str], None]:
    """Die at this commit, or before it by half."""
    left = [number]

    def reached(_moment: str) -> None:
        left[0] -= 1
        if not left[0]:
            die()

    return reached


def until_it_rests(running: Flask, time: Callable[[timedelta], None], peer: Peer) -> Target:
    for step in STEPS:
        time(step)
        peer.open()
        assert live(running) == 0
        if rests(target()):
            break
    return target()


def rests(found: Target) -> bool:
    """Nothing happens to it any more without a person."""
    return found.state in AT_REST or found.asks or (found.next_at is None and found.connection.is_held)


def target() -> Target:
    db.session.rollback()
    return db.session.scalars(db.select(Target)).one()


def require_truth(found: Target, peer: Peer) -> None:
    """Each part is there once at most; once and no less where we say so, never where we say that it is not."""
    there = [sum(post.text == text for post in peer.posts) for text in found.post.texts]
    assert max(there) <= 1, there
    said = {part.number: part.state for part in found.parts}
    for number, copies in enumerate(there):
        state = said.get(number, PartState.WAITING)
        if state is PartState.PUBLISHED:
            assert copies == 1, (found.state, there)
        elif state is not PartState.UNCONFIRMED:
            assert copies == 0, (found.state, there)
    if found.state is State.PUBLISHED:
        assert there == [1] * len(there)
    assert rests(found), (found.state, found.why)


def kill_at(running: Flask, peer: Peer, point: str) -> None:
    if point == BY_THE_NETWORK:
        by_the_network(running, peer)
    else:
        live(running, at(point))


def by_the_network(running: Flask, peer: Peer) -> None:
    """Its server kills whoever asks, once it has done what it was asked."""
    children: list[int] = []
    peer.after_commit = lambda _request: os.kill(children[0], signal.SIGKILL)
    live(running, started=children.append)
    peer.after_commit = None


def matrix() -> list[tuple[str, str, str]]:
    """Each network, each of its faults, each point; or, where that takes too long, another point for each fault."""
    slow = SLOW_FAULTS if FULL else ()
    rows = [(name, fault) for name, network in NETWORKS.items() for fault in (*FAULTS, *network.own_faults, *slow)]
    if FULL:
        return [(*row, point) for row, point in product(rows, POINTS_OF_IT)]
    worst = [row for row in rows if row[1] == "ok"]
    return [
        *((*row, point) for row, point in product(worst, POINTS_OF_IT)),
        *((*row, POINTS_OF_IT[number % len(POINTS_OF_IT)]) for number, row in enumerate(rows) if row not in worst),
    ]


@pytest.mark.parametrize(("name", "fault", "point"), matrix())
def test_killed_at_each_point_of_each_fault(running, owner, time, begin_peer, name, fault, point):
    network = NETWORKS[name]
    peer = begin_peer(network.peer)
    asked_for(network, peer, owner)
    peer.script(network.own_faults.get(fault, fault))
    kill_at(running, peer, point)
    require_truth(until_it_rests(running, time, peer), peer)


@pytest.mark.on_both
@pytest.mark.parametrize("name", ["mastodon", "x"])
@pytest.mark.parametrize("point", POINTS_OF_IT)
def test_killed_at_each_point_on_either_database(running, owner, time, begin_peer, name, point):
    peer = begin_peer(NETWORKS[name].peer)
    asked_for(NETWORKS[name], peer, owner)
    peer.script("commit_then_close")
    kill_at(running, peer, point)
    require_truth(until_it_rests(running, time, peer), peer)


@pytest.mark.parametrize("seed", range(RUNS))
def test_killed_anywhere_again_and_again(running, owner, time, begin_peer, seed):
    chance = random.Random(seed)
    name = chance.choice(sorted(NETWORKS))
    network = NETWORKS[name]
    peer = begin_peer(network.peer)
    asked_for(network, peer, owner)
    faults = [*FAULTS, *network.own_faults]
    peer.script(*(network.own_faults.get(each, each) for each in chance.choices(faults, k=3)))
    for _life in range(chance.randrange(1, 5)):
        live(running, at_number(chance.randrange(1, 25)))
        time(timedelta(seconds=chance.choice([1, 40, 130, 4000])))
        if chance.random() < 0.5:
            peer.open()
    require_truth(until_it_rests(running, time, peer), peer)
