"""What a person does with a post's targets."""

from datetime import timedelta

import pytest

from host import Invalid, Job, db, now
from plugins.publishing.outcomes import Held
from plugins.publishing.policy import Policy
from plugins.publishing.post import Overtaken, Post, TooLate
from plugins.publishing.removing import take_back
from plugins.publishing.scheduling import again, approve, cancel, choose, publish_now, schedule, unschedule
from plugins.publishing.states import State, Status
from plugins.publishing.version import Version


def jobs(target):
    return [job.run_at for job in db.session.scalars(db.select(Job).filter_by(task="publishing.due")) if
            job.payload == {"target_id": target.id}]  # fmt: skip


def test_a_scheduled_post_has_a_job_at_its_time(scheduled, soon):
    assert (scheduled.state, scheduled.due_at, scheduled.post.status) == (State.SCHEDULED, soon, Status.SCHEDULED)
    assert jobs(scheduled) == [soon]


def test_another_time_moves_its_job(scheduled, soon, owner):
    schedule(scheduled.post, soon + timedelta(days=1), owner)
    db.session.commit()
    assert jobs(scheduled) == [soon + timedelta(days=1)]


def test_each_connection_may_have_its_own_time(post, connect, owner, soon):
    other = connect("bluesky", "ada.example")
    choose(post, [post.targets[0].connection, other])
    schedule(post, soon, owner, own={other.id: soon + timedelta(hours=2)})
    assert [target.due_at for target in post.targets] == [soon, soon + timedelta(hours=2)]


def test_taken_back_it_is_a_draft_and_nothing_comes_at_its_time(scheduled):
    unschedule(scheduled.post)
    db.session.commit()
    assert (scheduled.state, jobs(scheduled)) == (State.DRAFT, [])


def test_one_connection_is_cancelled_and_may_be_wanted_again(scheduled, owner, soon):
    cancel(scheduled, owner)
    db.session.commit()
    assert (scheduled.state, jobs(scheduled)) == (State.CANCELLED, [])
    again(scheduled, owner, soon)
    assert scheduled.state is State.SCHEDULED


def test_what_was_taken_back_stays_so_when_the_rest_gets_another_time(post, connect, owner, soon):
    bluesky = connect("bluesky", "ada.example")
    choose(post, [post.targets[0].connection, bluesky])
    schedule(post, soon, owner)
    cancel(post.targets[1], owner)
    schedule(post, soon + timedelta(days=1), owner)
    assert [target.state for target in post.targets] == [State.SCHEDULED, State.CANCELLED]
    schedule(post, soon, owner, own={bluesky.id: soon})
    assert [target.state for target in post.targets] == [State.SCHEDULED, State.SCHEDULED]


def test_now_is_a_time(post, owner):
    publish_now(post, owner)
    assert post.targets[0].next_at <= now()


ON_THEIR_WAY = [State.CLAIMED, State.SENDING, State.UNCONFIRMED]
CHANGES = [(state, change) for state in ON_THEIR_WAY for change in ("cancel", "schedule", "leave out", "write")]
CHANGES += [(State.PUBLISHED, change) for change in ("cancel", "leave out", "write")]


@pytest.mark.parametrize(("state", "change"), CHANGES)
def test_what_is_on_its_way_or_out_stays_as_it_is(scheduled, owner, soon, state, change):
    scheduled.state = state
    db.session.commit()
    post = scheduled.post
    changes = {
        "cancel": lambda: cancel(scheduled, owner),
        "schedule": lambda: schedule(post, soon + timedelta(days=1), owner),
        "leave out": lambda: choose(post, []),
        "write": lambda: post.write(["Else"], {}, revision=post.revision, card=None),
    }
    with pytest.raises(TooLate):
        changes[change]()
    db.session.rollback()
    assert (scheduled.state, scheduled.due_at) == (state, soon)


def test_two_windows_notice_each_other(post):
    before = post.revision
    post.write(["First window"], {}, revision=before, card=None)
    db.session.commit()
    with pytest.raises(Overtaken):
        post.write(["Second window"], {}, revision=before, card=None)
    assert post.texts == ["First window"]


@pytest.mark.parametrize(
    ("text", "at", "field", "says"),
    [
        ("", timedelta(hours=1), "connection", "There is nothing to publish yet."),
        ("x" * 501, timedelta(hours=1), "connection", "1 character too long for Mastodon."),
        ("Fine", -timedelta(hours=1), "connection", "This time has gone by."),
        ("Fine", timedelta(days=4000), "connection", "This is more than ten years ahead."),
        ("Fine", None, "connection", "Choose a time."),
    ],
)
def test_what_cannot_be_is_told_beside_its_connection(post, connection, owner, text, at, field, says):
    post.write([text], {}, revision=post.revision, card=None)
    with pytest.raises(Invalid) as refused:
        schedule(post, at and now() + at, owner)
    assert refused.value.errors == {f"{field}-{connection.id}": [says]}
    assert post.status is Status.DRAFT


def test_a_post_for_nobody_is_refused(owner, soon):
    with pytest.raises(Invalid) as refused:
        schedule(Post.draft(owner, ["Hello"]), soon, owner)
    assert refused.value.errors == {"connections": ["Choose where it goes."]}


def test_what_is_no_longer_shared_publishes_nothing_new(connect, member, owner, soon):
    shared = connect(shared=True)
    post = Post.draft(member, ["Mine"])
    choose(post, [shared])
    shared.keep_private(owner)
    with pytest.raises(Invalid) as refused:
        schedule(post, soon, member)
    assert refused.value.errors == {f"connection-{shared.id}": ["It is not shared with you."]}


def test_an_admin_schedules_what_goes_through_a_member_s_own_connection(connect, member, owner, soon):
    post = Post.draft(member, ["Mine"])
    choose(post, [connect(by=member)])
    schedule(post, soon, owner)
    assert post.status is Status.SCHEDULED


def test_only_the_network_that_has_no_room_refuses(post, connect, owner, soon):
    bluesky = connect("bluesky", "ada.example")
    choose(post, [post.targets[0].connection, bluesky])
    post.write(["x" * 400], {}, revision=post.revision, card=None)
    with pytest.raises(Invalid) as refused:
        schedule(post, soon, owner)
    assert list(refused.value.errors) == [f"connection-{bluesky.id}"]
    post.write(["x" * 400], {"bluesky": {"texts": ["Short"]}}, revision=post.revision, card=None)
    schedule(post, soon, owner)
    assert {target.state for target in post.targets} == {State.SCHEDULED}


@pytest.fixture
def strict(account):
    Policy.kept(account).approval = True
    db.session.commit()


def test_a_member_s_post_waits_for_an_admin_s_word(strict, connect, member, owner, soon):
    post = Post.draft(member, ["Ours"])
    choose(post, [connect("mastodon", "@ben@peer.example", by=member)])
    schedule(post, soon, member)
    assert (post.status, post.shared) == (Status.NEEDS_APPROVAL, True)  # or no admin would see it
    assert jobs(post.targets[0]) == []
    approve(post, owner)
    assert (post.status, jobs(post.targets[0])) == (Status.SCHEDULED, [soon])


def test_an_edit_takes_the_approval_back(strict, connect, member, owner, soon):
    post = Post.draft(member, ["Ours"])
    choose(post, [connect("mastodon", "@ben@peer.example", by=member)])
    schedule(post, soon, member)
    approve(post, owner)
    post.write(["Ours, and more"], {}, revision=post.revision, card=None)
    assert (post.status, post.approved_by) == (Status.NEEDS_APPROVAL, None)
    db.session.commit()
    assert post.targets[0].next_at is None


def test_a_connection_that_cannot_publish_shows_its_posts_as_held(scheduled, connection):
    connection.hold(Held("Connect it again."))
    assert scheduled.shown_state is State.HELD


def test_what_an_admin_scheduled_for_a_member_is_approved_as_it_was_then(strict, connect, member, owner, soon):
    post = Post.draft(member, ["Rude"])
    choose(post, [connect("mastodon", "@ben@peer.example", by=member)])
    Version.keep(post, member)
    post.write(["Kind"], {}, revision=post.revision, card=None)
    schedule(post, soon, owner)
    assert post.status is Status.SCHEDULED
    take_back(post, Version.of(post)[0], member)
    assert (post.texts, post.status, post.shared) == (["Rude"], Status.NEEDS_APPROVAL, True)


@pytest.mark.parametrize("state", [State.CLAIMED, State.SENDING])
def test_what_is_on_its_way_is_no_draft_again(scheduled, state):
    scheduled.state = state
    db.session.commit()
    with pytest.raises(TooLate, match="on its way"):
        unschedule(scheduled.post)
