"""Errors of our own while a post is published: it comes again, and keeps nobody waiting."""

from datetime import timedelta

import pytest

from host import Account, Job, db, now
from host import schedule as schedule_job
from host.jobs import JobState, drain
from host.plugging import plugins
from plugins.publishing.connection import Connection
from plugins.publishing.planning import sweep
from plugins.publishing.post import Post
from plugins.publishing.scheduling import choose, schedule
from plugins.publishing.states import State
from plugins.publishing.target import Target

LOFT = """\
from plugins.publishing import Platform
from plugins.publishing.outcomes import Published
from plugins.publishing.platform import Preview, Room

PLUGIN = Plugin("pigeons", title="Pigeons", requires=["publishing"])
WRONG = {}  # by method: what it does with the post that stumbles
FLOWN = []


def may_stumble(method, text):
    return WRONG.get(method, lambda: None)() if "stumbles" in text else None


class Loft(Platform):
    name, title, icon = "loft", "Pigeons", "send"

    def room(self, text, profile):
        return Room(len(text), 50)

    def problems(self, message, profile):
        return may_stumble("problems", message.text) or ()

    def key(self, seed, at):
        return seed

    def body(self, message, login):
        return message.text.encode()

    def preview(self, body):
        return Preview([(body.decode(), "")])

    def send(self, body, key, login, client):
        FLOWN.append(body.decode())
        return may_stumble("send", body.decode()) or Published("1", "https://pigeons.example/1")

    def settle(self, sent, login, client):
        may_stumble("settle", sent.body.decode())
        return Published("1", "https://pigeons.example/1")


@hookimpl
def register_platforms():
    return [Loft()]
"""
TITLES = ["It stumbles", "It goes on"]


class NoAddress:
    """Of which our code takes the first letters."""

    def __getitem__(self, _letters):
        raise KeyError("a bug")


@pytest.fixture
def loft(plant, make_app, data):
    """The module of a network that may be told to go wrong, running."""
    plant("pigeons", LOFT)
    make_app(data=data, plugins=("pigeons", "publishing"), strict=False)
    return plugins().found["pigeons"].module


@pytest.fixture
def both(loft):
    """The ids of two posts' targets on one connection, due in an hour."""
    ada = Account.open("Meadow", owner_name="Ada Field", email="ada@example.org")
    there = Connection(account=ada.account, owner=ada, platform="pigeons.loft", remote_id="1", handle="@loft")
    db.session.add(there)
    made = []
    for title in TITLES:
        post = Post.draft(ada, [title])
        choose(post, [there])
        schedule(post, now() + timedelta(hours=1), ada)
        made += post.targets
    db.session.commit()
    return [target.id for target in made]


@pytest.fixture
def run(both, travel):
    """run(minutes=5): so much later all jobs have run; the two targets, read anew."""

    def go(**later: float) -> list[Target]:
        travel(**later)
        schedule_job(sweep)  # as a worker does each minute
        db.session.commit()
        drain()
        db.session.expire_all()
        return [db.session.get_one(Target, each) for each in both]

    return go


def bug():
    raise KeyError("a bug")


def outcomes(target: Target) -> list[str]:
    return [attempt.outcome for part in target.parts for attempt in part.attempts]


def test_another_post_of_its_connection_goes_on(loft, run):
    loft.WRONG["problems"] = bug
    first, second = run(hours=1, seconds=1)
    assert (first.state, second.state) == (State.SCHEDULED, State.PUBLISHED)
    assert first.why == "Something went wrong within Fallow: KeyError('a bug')"
    assert (first.tries, first.claimed_by, first.next_at > now()) == (1, None, True)
    in_lanes = db.session.scalars(db.select(Job.state).where(Job.lane.is_not(None))).all()
    assert set(in_lanes) <= {JobState.DONE}
    assert loft.FLOWN == ["It goes on"]


def test_it_comes_again_and_is_missed_when_that_is_too_late(loft, run):
    loft.WRONG["problems"] = bug
    run(hours=1, seconds=1)
    first, _second = run(minutes=2)
    assert (first.state, first.tries) == (State.SCHEDULED, 2)
    first, _second = run(hours=5, minutes=55)
    assert (first.state, "a bug" in first.why) == (State.MISSED, True)


def test_once_the_bug_is_gone_it_goes_out(loft, run):
    loft.WRONG["problems"] = bug
    run(hours=1, seconds=1)
    loft.WRONG.clear()
    first, _second = run(minutes=2)
    assert (first.state, loft.FLOWN) == (State.PUBLISHED, ["It goes on", "It stumbles"])


def test_what_may_be_out_is_looked_for_and_not_sent_again(loft, run):
    """The bug comes once the network was asked."""
    loft.WRONG["send"] = lambda: loft.Published("1", NoAddress())
    first, second = run(hours=1, seconds=1)
    assert (first.state, second.state) == (State.UNCONFIRMED, State.PUBLISHED)
    assert outcomes(first) == ["unknown"]
    first, _second = run(minutes=2)
    assert (first.state, outcomes(first)) == (State.PUBLISHED, ["unknown"])
    assert sorted(loft.FLOWN) == sorted(TITLES)


def test_nothing_is_written_once_another_worker_has_it(loft, both, run):
    def taken_over():
        db.session.get_one(Target, both[0]).claimed_by = 4711
        db.session.commit()
        return loft.Published("1", NoAddress())

    loft.WRONG["send"] = taken_over
    first, second = run(hours=1, seconds=1)
    assert (first.state, first.why, first.claimed_by) == (State.SENDING, None, 4711)
    assert second.state is State.PUBLISHED
