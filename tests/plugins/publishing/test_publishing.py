"""From a target's time to its resting place, with real networks at the other end."""

from datetime import timedelta

import pytest

from host import Job, db, now
from host import schedule as schedule_job
from plugins.publishing.answering import Settled, discard_it, it_is_there, send_it_again
from plugins.publishing.attempt import Attempt
from plugins.publishing.doors import Granted
from plugins.publishing.planning import sweep
from plugins.publishing.platform import Tokens
from plugins.publishing.policy import Policy
from plugins.publishing.post import Post
from plugins.publishing.scheduling import again, cancel, choose, publish_now, schedule
from plugins.publishing.states import State
from plugins.publishing.target import Target
from tests.peers.mastodon import MastodonPeer

AFTER_A_KEY = timedelta(minutes=58)  # an instance forgets it within the hour


@pytest.fixture
def peer(begin_peer, allow):
    allow("127.0.0.0/8")
    return begin_peer(MastodonPeer)


@pytest.fixture
def connection(connect, peer):
    made = connect(addresses={"api": peer.url, "site": peer.url})
    made.remote_id = f"{peer.ada.id}@peer.example"
    made.renewed(Tokens(peer.grant()))
    return made


@pytest.fixture
def out(scheduled, travel, drain_jobs):
    """out(): the time of the target has come, and all jobs have run; the target, read anew."""

    def go(**later: float) -> Target:
        travel(**(later or {"hours": 1, "seconds": 1}))
        return look()

    def look() -> Target:
        schedule_job(sweep)  # as a worker does each minute
        db.session.commit()
        drain_jobs()
        db.session.expire_all()
        return scheduled

    return go


def outcomes():
    return [each.outcome for each in db.session.scalars(db.select(Attempt).order_by(Attempt.id))]


def texts(peer):
    return [post.text for post in peer.posts]


def test_at_its_time_it_is_published_once(peer, out):
    assert out(minutes=59).state is State.SCHEDULED
    target = out(minutes=2)
    assert (target.state, target.url) == (State.PUBLISHED, target.parts[0].url)
    assert target.url.startswith("http")
    assert (texts(peer), outcomes()) == (["The kettle is on."], ["published"])
    assert out(days=1).state is State.PUBLISHED
    assert len(peer.posts) == 1


def test_what_is_sent_is_what_was_frozen(peer, out):
    target = out()
    (sent,) = peer.asked("publish")
    assert (sent.body, sent.headers["idempotency-key"]) == (target.parts[0].body, target.parts[0].key)


@pytest.mark.parametrize("fault", ["commit_then_close", "commit_then_500", "commit_then_502", "partial_json"])
def test_an_answer_that_is_lost_leaves_it_unconfirmed_until_it_is_found(peer, out, fault):
    peer.script(fault)
    assert out().state is State.UNCONFIRMED
    assert len(peer.posts) == 1
    assert out(minutes=2).state is State.PUBLISHED
    assert (len(peer.posts), outcomes()) == (1, ["unknown"])


@pytest.mark.parametrize("fault", ["close_before_commit", "500_no_commit", "502_html_body"])
def test_a_request_that_is_lost_is_unconfirmed_and_sent_again_by_its_key(peer, out, fault):
    peer.script(fault)
    assert out().state is State.UNCONFIRMED
    assert out(minutes=2).state is State.PUBLISHED
    assert len(peer.posts) == 1


def test_once_its_key_is_forgotten_it_is_looked_for(peer, out, travel):
    peer.script("commit_then_close")
    out()
    target = out(hours=1, minutes=5)
    assert (target.state, len(peer.posts)) == (State.PUBLISHED, 1)


def test_what_is_not_found_is_sent_again(peer, out):
    peer.script("close_before_commit")
    assert out().state is State.UNCONFIRMED
    assert out(hours=1, minutes=5).state is State.UNCONFIRMED  # it looks twice
    assert out(minutes=2).state is State.PUBLISHED
    assert (len(peer.posts), outcomes()) == (1, ["unknown", "published"])


def test_who_wants_to_be_asked_is_asked(account, peer, out):
    Policy.kept(account).always_ask = True
    peer.script("close_before_commit")
    out()
    out(hours=1, minutes=5)
    target = out(minutes=2)
    assert (target.state, target.asks, target.next_at) == (State.UNCONFIRMED, True, None)
    assert out(days=1).state is State.UNCONFIRMED
    assert peer.posts == []


@pytest.fixture
def asked(account, peer, out):
    """Nobody knows whether it is out but its author."""
    Policy.kept(account).always_ask = True
    peer.script("close_before_commit")
    out()
    out(hours=1, minutes=5)
    return out(minutes=2)


def test_a_network_that_cannot_tell_for_a_day_leaves_it_to_the_author(peer, out):
    peer.script("commit_then_close")
    out()
    peer.script(*[{"fault": "answer", "status": 503}] * 60, at="statuses")
    target = out(hours=1)
    for _hour in range(25):
        target = out(hours=1, minutes=15)
    assert (target.state, target.asks) == (State.UNCONFIRMED, True)


def test_a_client_that_breaks_while_it_looks_leaves_it_to_the_author_as_well(peer, connection, out):
    peer.script("commit_then_close")
    out()
    connection.addresses = {"site": peer.url}  # it relies on there being one more
    target = out(minutes=2)
    assert (target.state, target.asks) == (State.UNCONFIRMED, False)
    for _hour in range(25):
        target = out(hours=1, minutes=15)
    assert (target.state, target.asks) == (State.UNCONFIRMED, True)


def test_a_client_that_breaks_while_it_makes_ready_says_so_and_tries_again(peer, connection, out):
    good = connection.addresses
    connection.addresses = {**good, "api": "https://[broken"}
    connection.renewed(Tokens(peer.grant(), "again", now()))
    target = out()
    assert (target.state, peer.posts) == (State.SCHEDULED, [])
    assert "Something went wrong within Fallow" in target.why
    connection.addresses, connection.expires_at = good, None
    assert out(minutes=5).state is State.PUBLISHED


def test_yes_it_is_there(asked, owner, out):
    it_is_there(asked, owner, "https://peer.example/@ada/1")
    target = out(minutes=5)
    assert (target.state, target.url) == (State.PUBLISHED, "https://peer.example/@ada/1")


def test_no_send_it_again(asked, peer, out):
    send_it_again(asked)
    assert out(seconds=1).state is State.PUBLISHED
    assert len(peer.posts) == 1


def test_no_and_it_need_not_be(asked, owner, peer, out):
    discard_it(asked, owner)
    assert out(days=1).state is State.CANCELLED
    assert peer.posts == []


def test_a_question_is_answered_once(asked, owner):
    discard_it(asked, owner)
    with pytest.raises(Settled):
        send_it_again(asked)


def test_a_network_that_is_away_is_asked_again_and_again(peer, out):
    peer.script("refuse_connection")
    target = out()
    assert (target.state, target.tries) == (State.SCHEDULED, 0)  # nothing was sent, so it was no try
    assert outcomes() == ["later"]
    peer.open()
    assert out(minutes=2).state is State.PUBLISHED


def test_what_is_away_for_longer_than_the_grace_is_missed_with_the_reason(peer, out):
    peer.script("refuse_connection")
    out()
    target = out(hours=6)
    assert (target.state, peer.posts) == (State.MISSED, [])
    assert "was not reached" in target.why
    peer.open()
    assert out(days=1).state is State.MISSED


def test_off_for_longer_than_the_grace_it_is_missed(peer, out):
    target = out(hours=8)
    assert (target.state, peer.posts) == (State.MISSED, [])
    assert target.why == "Its time went by while Fallow was not running."


def test_within_the_grace_it_goes_out_late(peer, out):
    assert out(hours=5).state is State.PUBLISHED


def test_a_missed_one_may_go_out_after_all(peer, out, owner):
    again(out(hours=8), owner)
    assert out(seconds=1).state is State.PUBLISHED


def test_late_ones_go_out_one_after_another(peer, connection, owner, soon, out, scheduled):
    for number in range(3):
        other = Post.draft(owner, [f"Number {number}"])
        choose(other, [connection])
        schedule(other, soon, owner)
    out(hours=3)
    assert len(peer.posts) == 1
    out(minutes=10)
    assert len(peer.posts) == 1
    for sent in (2, 3, 4):
        out(minutes=15, seconds=1)
        assert len(peer.posts) == sent


def test_prompt_ones_go_out_together(peer, connection, owner, soon, out):
    other = Post.draft(owner, ["At the same time"])
    choose(other, [connection])
    schedule(other, soon, owner)
    out()
    assert sorted(texts(peer)) == ["At the same time", "The kettle is on."]


def test_a_text_that_the_network_refuses_has_failed_and_its_author_is_told(peer, out, owner):
    peer.rules.max_characters = 10
    target = out()
    assert (target.state, peer.posts) == (State.FAILED, [])
    assert target.why


def test_a_failed_one_is_changed_and_sent_by_another_key(peer, out, owner):
    peer.rules.max_characters = 10
    first = out().parts[0].key if out(seconds=1).parts else ""
    target = out(seconds=1)
    peer.rules.max_characters = 500
    target.post.write(["Shorter"], {}, revision=target.post.revision, card=None)
    again(target, owner)
    assert out(seconds=1).state is State.PUBLISHED
    assert (texts(peer), target.parts[0].key == first) == (["Shorter"], False)


def test_a_dead_token_holds_its_posts_until_it_is_connected_anew(peer, out, connection):
    for token in peer.tokens.values():
        token.revoked = True
    target = out()
    assert (target.state, connection.is_held, peer.posts) == (State.HELD, True, [])
    access = peer.grant()
    connection.take(Granted(Tokens(access), connection.remote_id, connection.handle))
    assert out(minutes=2).state is State.PUBLISHED


def test_a_removed_connection_holds_its_posts(peer, out, connection):
    connection.removed_at = now()
    assert out().state is State.HELD
    assert peer.posts == []


def test_a_limit_keeps_the_whole_connection_quiet(peer, out, connection, owner, soon):
    other = Post.draft(owner, ["Another"])
    choose(other, [connection])
    schedule(other, soon, owner)
    reset = (now() + timedelta(hours=1, minutes=3)).isoformat()
    full = {"fault": "answer", "status": 429, "body": b'{"error":"Too many requests"}'}
    peer.script({**full, "x-ratelimit-reset": reset})
    out()
    assert (len(peer.asked("publish")), peer.posts) == (1, [])
    out(minutes=4)
    assert len(peer.posts) == 1
    out(minutes=15)
    assert len(peer.posts) == 2


def test_a_cancelled_one_is_never_asked_for(peer, scheduled, owner, out):
    cancel(scheduled, owner)
    assert out().state is State.CANCELLED
    assert peer.requests == []


def test_an_edit_before_its_time_is_what_goes_out(peer, scheduled, out):
    post = scheduled.post
    post.write(["The kettle is off."], {}, revision=post.revision, card=None)
    out()
    assert texts(peer) == ["The kettle is off."]


def test_a_lost_job_is_made_up_for(peer, scheduled, out):
    db.session.execute(db.delete(Job))
    assert out().state is State.PUBLISHED


class TestThread:
    @pytest.fixture
    def scheduled(self, post, owner, soon):
        post.write(["One", "Two", "Three"], {}, revision=post.revision, card=None)
        schedule(post, soon, owner)
        db.session.commit()
        return post.targets[0]

    def test_each_part_answers_the_one_before(self, peer, out):
        target = out()
        assert (target.state, texts(peer)) == (State.PUBLISHED, ["One", "Two", "Three"])
        assert [post.reply for post in peer.posts] == ["", peer.posts[0].id, peer.posts[1].id]
        assert target.url == target.parts[0].url

    def test_what_stands_in_the_way_of_one_keeps_those_behind_it_waiting(self, peer, out):
        peer.script("ok", "commit_then_close")
        assert out().state is State.UNCONFIRMED
        assert texts(peer) == ["One", "Two"]
        assert out(minutes=2).state is State.PUBLISHED
        assert texts(peer) == ["One", "Two", "Three"]

    def test_it_goes_on_where_it_stopped(self, peer, out, owner):
        peer.script("ok", {"fault": "answer", "status": 422, "body": b'{"error":"Validation failed: no"}'})
        target = out()
        assert (target.state, texts(peer)) == (State.FAILED, ["One"])
        again(target, owner)
        assert out(seconds=1).state is State.PUBLISHED
        assert texts(peer) == ["One", "Two", "Three"]


def test_now_means_now(peer, post, owner, drain_jobs):
    publish_now(post, owner)
    drain_jobs()
    assert texts(peer) == ["The kettle is on."]
