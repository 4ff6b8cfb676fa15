"""Publishing on Bluesky, from its time to its resting place: tokens that end on the way, threads and mentions."""

from datetime import timedelta

import pytest

from host import db, now
from host import schedule as schedule_job
from plugins.publishing.planning import sweep
from plugins.publishing.platform import Tokens
from plugins.publishing.post import Post
from plugins.publishing.scheduling import choose, schedule
from plugins.publishing.states import State
from tests.peers.bluesky import BlueskyPeer, uri_of


@pytest.fixture
def peer(begin_peer, allow):
    allow("127.0.0.0/8")
    return begin_peer(BlueskyPeer)


@pytest.fixture
def connection(connect, peer):
    made = connect("bluesky", peer.ada.handle, addresses={"api": peer.url})
    made.remote_id = peer.ada.did
    made.renewed(Tokens(*peer.session(), now() + timedelta(hours=2), now() + timedelta(days=90)))
    return made


@pytest.fixture
def out(owner, connection, travel, drain_jobs):
    """`out("One", "Two")`: a thread whose time has come, hours later, once all jobs have run."""

    def go(*texts: str):
        post = Post.draft(owner, list(texts))
        choose(post, [connection])
        schedule(post, now() + timedelta(hours=3), owner)
        db.session.commit()
        travel(hours=3, seconds=1)
        return look(post.targets[0])

    def look(target):
        schedule_job(sweep)
        db.session.commit()
        drain_jobs()
        db.session.expire_all()
        return target

    go.look = look
    return go


def test_a_token_that_ended_meanwhile_is_renewed_on_the_way(peer, out):
    target = out("The kettle is on.")
    assert target.state is State.PUBLISHED
    assert target.url == f"https://bsky.app/profile/ada.bsky.social/post/{target.parts[0].key}"
    assert [len(peer.asked(f"com.atproto.server.{name}Session")) for name in ("create", "refresh")] == [0, 1]


def test_a_token_that_a_server_ends_early_is_renewed_at_that(peer, out):
    peer.script("401_once")
    assert out("The kettle is on.").state is State.PUBLISHED
    assert len(peer.posts) == 1


def test_a_thread_hangs_together_and_names_whom_it_mentions(peer, out):
    assert out("Hi @odile.test", "Two", "Three").state is State.PUBLISHED
    one, two, three = peer.posts
    assert one.more["record"]["facets"][0]["features"][0]["did"] == peer.handles["odile.test"]
    assert (two.reply, three.reply) == (uri_of(one), uri_of(two))
    assert three.more["record"]["reply"]["root"]["uri"] == uri_of(one)


@pytest.mark.parametrize("fault", ["commit_then_close", "500_no_commit", "partial_json", "commit_then_502"])
def test_a_lost_answer_is_asked_for_again(peer, out, travel, fault):
    peer.script("ok", fault)
    target = out("One", "Two")
    travel(minutes=2)
    assert out.look(target).state is State.PUBLISHED
    assert [post.text for post in peer.posts] == ["One", "Two"]
    assert peer.commits == 2


def test_a_session_that_ended_holds_its_posts(peer, out, connection):
    peer.refresh_tokens.clear()
    assert out("The kettle is on.").state is State.HELD
    assert connection.is_held
    assert peer.posts == []
