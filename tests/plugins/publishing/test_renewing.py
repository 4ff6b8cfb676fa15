"""Tokens that end: renewed ahead of time, once, and never at the cost of a post."""

import json
from datetime import timedelta
from threading import Thread

import pytest

from host import db, now
from host import schedule as schedule_job
from host.jobs import drain
from plugins.publishing.connection import Connection
from plugins.publishing.outcomes import Remedy
from plugins.publishing.planning import sweep
from plugins.publishing.platform import Tokens
from plugins.publishing.post import Post
from plugins.publishing.renewing import renew_tokens
from plugins.publishing.scheduling import choose, publish_now, schedule
from plugins.publishing.states import State
from tests.peers.x import XPeer


@pytest.fixture
def peer(begin_peer, allow):
    allow("127.0.0.0/8")
    return begin_peer(XPeer)


@pytest.fixture
def connection(connect, peer):
    """Its token is good for two hours."""
    token = peer.grant()
    made = connect("x", "ada", addresses={"api": peer.url, "site": peer.url})
    made.remote_id, made.app = peer.ada.id, json.dumps({"client_id": "native-app", "client_secret": ""})
    made.renewed(Tokens(token.access, token.refresh, token.expires_at))
    db.session.commit()
    return made


@pytest.fixture
def work(drain_jobs):
    def all_that_is_due(*tasks):
        for each in (*tasks, sweep):
            schedule_job(each)
        db.session.commit()
        drain_jobs()
        db.session.expire_all()

    return all_that_is_due


def texts(peer):
    return [post.text for post in peer.posts]


def test_a_token_that_ends_within_the_hour_is_renewed_before_anybody_needs_it(peer, connection, travel, work):
    old, version = connection.login.tokens, connection.token_version
    work(renew_tokens)
    assert (connection.login.tokens, peer.asked("token")) == (old, [])
    travel(minutes=70)
    work(renew_tokens)
    assert connection.login.tokens.access != old.access
    assert connection.token_version == version + 1
    assert connection.expires_at > now() + timedelta(minutes=115)


def test_one_that_has_ended_meanwhile_is_renewed_just_before_it_is_used(peer, post, owner, travel, work):
    travel(hours=3)
    publish_now(post, owner)
    work()
    assert (post.targets[0].state, texts(peer)) == (State.PUBLISHED, ["The kettle is on."])
    assert len(peer.asked("token")) == 1


def test_one_that_is_refused_all_the_same_is_renewed_and_the_post_sent_once(peer, post, owner, work):
    peer.script("401_once")
    publish_now(post, owner)
    work()
    target = post.targets[0]
    assert (target.state, texts(peer)) == (State.PUBLISHED, ["The kettle is on."])
    assert [attempt.outcome for attempt in target.parts[0].attempts] == ["renew", "published"]


def test_one_that_is_refused_again_holds_the_connection(peer, post, owner, connection, work):
    peer.script("401_once", "401_once")
    publish_now(post, owner)
    work()
    assert (post.targets[0].state, connection.is_held, peer.posts) == (State.HELD, True, [])


def test_a_spent_one_holds_its_posts_and_says_so(peer, post, owner, connection, travel, work):
    peer.spent.add(connection.login.tokens.refresh)
    travel(hours=3)
    publish_now(post, owner)
    work()
    assert (post.targets[0].state, connection.remedy) == (State.HELD, Remedy.RECONNECT)
    assert peer.posts == []


def test_when_nobody_answers_the_post_waits_and_the_token_is_kept(peer, post, owner, connection, travel, work):
    before = connection.login.tokens
    peer.script("500_no_commit", at="token")
    travel(hours=3)
    publish_now(post, owner)
    work()
    assert (post.targets[0].state, connection.login.tokens) == (State.SCHEDULED, before)
    travel(minutes=2)
    work()
    assert post.targets[0].state is State.PUBLISHED


def test_two_workers_renew_once(app, peer, post, owner, connection, soon, travel):
    """The jobs of a connection run one after another, whoever runs them."""
    other = Post.draft(owner, ["Another"])
    choose(other, [connection])
    schedule(post, soon, owner)
    schedule(other, soon, owner)
    travel(hours=3)
    schedule_job(renew_tokens)
    db.session.commit()
    db.session.remove()

    def work():
        with app.app_context():
            drain()

    threads = [Thread(target=work) for _worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = db.session.scalars(db.select(Connection).filter_by(platform="x")).one()
    assert (len(peer.asked("token")), found.is_held) == (1, False)
    assert len(peer.posts) >= 1
