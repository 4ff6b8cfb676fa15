"""What a person does about one connection of a post: take it back, send it again, answer whether it is out."""

from datetime import timedelta

import pytest

from host import db, now
from host.testing import sign_in
from plugins.publishing.attempt import Attempt
from plugins.publishing.outcomes import Held
from plugins.publishing.part import Part, PartState
from plugins.publishing.policy import Policy
from plugins.publishing.post import Post
from plugins.publishing.slot import Slot
from plugins.publishing.states import State


@pytest.fixture
def press(client):
    """press(target, "retry"): the page that follows."""

    def send(target, noun: str, **values) -> str:
        page = client.post(f"/publishing/targets/{target.id}/{noun}", data=values, follow_redirects=True).text
        db.session.expire_all()
        return page

    return send


@pytest.fixture
def asked(scheduled):
    """Sent an hour ago, and nobody knows whether it arrived."""
    scheduled.state, scheduled.asks, scheduled.why = State.UNCONFIRMED, True, "The line went dead."
    part = Part(number=0, state=PartState.UNCONFIRMED, key="k", at=now(), body=b"{}")
    scheduled.parts.append(part)
    part.attempts.append(Attempt(sent_at=now(), ended_at=now(), outcome="unknown"))
    db.session.commit()
    return scheduled


def page_of(client, target) -> str:
    return client.get(f"/publishing/posts/{target.post_id}").text


def test_one_is_taken_back(press, scheduled):
    page = press(scheduled, "cancellation")
    assert scheduled.state is State.CANCELLED
    assert "Taken back" in page


def test_a_failed_one_says_why_and_goes_out_again(client, press, scheduled):
    scheduled.state, scheduled.why = State.FAILED, "Its picture is broken."
    db.session.commit()
    page = page_of(client, scheduled)
    assert 'role="alert"' in page
    assert "Its picture is broken." in page
    press(scheduled, "retry")
    assert (scheduled.state, scheduled.next_at <= now()) == (State.SCHEDULED, True)


def test_a_missed_one_has_three_ways_on(client, press, scheduled, connection, owner):
    scheduled.state, scheduled.why = State.MISSED, "Fallow was not running."
    Slot.replace(connection, [(2, 9 * 60)])
    db.session.commit()
    page = page_of(client, scheduled)
    assert all(words in page for words in ("Publish now", "Next slot", "Discard", "Fallow was not running."))
    press(scheduled, "slot")
    at = scheduled.due_at.astimezone(owner.timezone)
    assert (scheduled.state, at.weekday(), at.hour) == (State.SCHEDULED, 2, 9)


def test_without_slots_there_is_no_next_one(press, scheduled):
    scheduled.state = State.MISSED
    assert "has no slots" in press(scheduled, "slot")
    assert scheduled.state is State.MISSED


def test_the_question_shows_what_was_sent_when_and_where(client, asked):
    page = page_of(client, asked)
    assert "Was this published?" in page
    assert "The line went dead." in page
    assert "Sent to @ada@peer.example" in page
    assert "<blockquote" in page


@pytest.mark.parametrize(
    ("answer", "state"), [("there", State.PUBLISHED), ("again", State.SCHEDULED), ("discarded", State.CANCELLED)]
)
def test_its_three_answers(press, asked, answer, state):
    press(asked, "answer", **{"is": answer})
    assert asked.state is state


def test_yes_may_come_with_the_address(press, asked):
    press(asked, "answer", **{"is": "there", "url": "https://peer.example/@ada/77"})
    assert (asked.url, asked.parts[0].remote_id) == ("https://peer.example/@ada/77", "77")


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"is": "perhaps"}, "Choose one of the answers."),
        ({}, "Choose one of the answers."),
        ({"is": "there", "url": "javascript:alert(1)"}, "This is no address."),
    ],
)
def test_what_is_no_answer_leaves_the_question(press, asked, values, says):
    assert says in press(asked, "answer", **values)
    assert asked.state is State.UNCONFIRMED


def test_a_question_is_answered_once(press, asked):
    press(asked, "answer", **{"is": "discarded"})
    assert "This is settled already." in press(asked, "answer", **{"is": "again"})
    assert asked.state is State.CANCELLED


def test_another_time_for_the_rest_of_a_thread_that_is_partly_out(press, client, scheduled, owner, soon):
    scheduled.state = State.FAILED
    for number, state in enumerate([PartState.PUBLISHED, PartState.WAITING]):
        scheduled.parts.append(Part(number=number, key=str(number), at=soon, state=state))
    db.session.commit()
    page = page_of(client, scheduled)
    assert f'id="time-{scheduled.id}"' in page
    at = (soon + timedelta(days=2)).astimezone(owner.timezone)
    press(scheduled, "time", at=at.strftime("%Y-%m-%dT%H:%M"))
    assert (scheduled.state, scheduled.due_at) == (State.SCHEDULED, at.replace(second=0, microsecond=0))
    assert "Choose a day and a time." in press(scheduled, "time", at="")


def test_too_late_is_told(press, scheduled):
    scheduled.state = State.SENDING
    assert "Too late" in press(scheduled, "cancellation")
    assert scheduled.state is State.SENDING


def test_what_waits_for_its_connection_says_so(client, scheduled, connection):
    connection.hold(Held("Its password was changed."))
    page = page_of(client, scheduled)
    assert "Its password was changed." in page
    assert 'href="/publishing/connections"' in page


def test_a_sign_in_that_ends_before_the_post_is_due(client, scheduled, connection):
    connection.expires_at = scheduled.due_at - timedelta(minutes=5)
    assert "before this goes out. Connect it again by then." in page_of(client, scheduled)


def test_an_admin_approves_what_a_member_wrote(client, account, connect, member, soon):
    Policy.kept(account).approval = True
    theirs = connect("mastodon", "@ben@peer.example", by=member)
    post = Post.draft(member, ["Ours"])
    db.session.commit()
    sent = {"do": "schedule", "text": "Ours", "connection": theirs.id, "revision": post.revision}
    sent["at"] = soon.astimezone(member.timezone).strftime("%Y-%m-%dT%H:%M")
    sign_in(client, member)
    assert client.post(f"/publishing/posts/{post.id}", data=sent).status_code == 303
    assert client.post(f"/publishing/posts/{post.id}/approval").status_code == 403
    db.session.expire_all()
    assert (post.targets[0].state, post.shared) == (State.NEEDS_APPROVAL, True)
    sign_in(client, db.session.scalars(db.select(type(member)).filter_by(name="Ada Field")).one())
    assert "asks for your approval" in client.get(f"/publishing/posts/{post.id}").text
    assert client.post(f"/publishing/posts/{post.id}/approval").status_code == 303
    db.session.expire_all()
    assert post.targets[0].state is State.SCHEDULED


@pytest.mark.parametrize("noun", ["cancellation", "retry", "time", "slot", "answer"])
def test_targets_of_others_are_not_there(client, scheduled, member, noun):
    sign_in(client, member)
    address = f"/publishing/targets/{scheduled.id}/{noun}"
    assert client.post(address).status_code == 404
    scheduled.post.shared = True
    assert client.post(address).status_code == 403
