"""Times, approvals and answers by programs."""

from datetime import datetime, timedelta

import pytest

from host import Job, db, now
from plugins.publishing.attempt import Attempt
from plugins.publishing.part import Part, PartState
from plugins.publishing.policy import Policy
from plugins.publishing.scheduling import choose
from plugins.publishing.states import State, Status


@pytest.fixture
def asked(scheduled):
    """Sent, and nobody knows whether it arrived."""
    scheduled.state, scheduled.asks = State.UNCONFIRMED, True
    part = Part(number=0, state=PartState.UNCONFIRMED, key="the-key", at=now(), body=b"{}", sha256="ab" * 32)
    scheduled.parts.append(part)
    part.attempts.append(Attempt(sent_at=now(), ended_at=now(), outcome="unknown", why="The line went dead."))
    db.session.commit()
    return scheduled


def test_a_post_gets_its_time_and_loses_it(ask, post, soon):
    answer = ask("PUT", f"/posts/{post.id}/schedule", {"at": soon.isoformat()})
    assert (answer.status_code, answer.json["status"], answer.json["notes"]) == (200, "scheduled", [])
    assert (post.targets[0].state, post.targets[0].due_at) == (State.SCHEDULED, soon)
    assert ask("DELETE", f"/posts/{post.id}/schedule").status_code == 204
    assert (post.status, post.at) == (Status.DRAFT, soon)


def test_a_clocks_time_is_meant_in_its_zone(ask, post):
    ask("PUT", f"/posts/{post.id}/schedule", {"at": "2027-07-01T09:30", "zone": "Europe/Berlin"})
    assert post.targets[0].due_at == datetime.fromisoformat("2027-07-01T07:30Z")
    assert post.zone == "Europe/Berlin"


def test_a_target_may_have_its_own_time(ask, post, connect, soon):
    choose(post, [post.targets[0].connection, connect("bluesky", "ada.example")])
    db.session.commit()
    first, second = post.targets
    later = soon + timedelta(hours=3)
    body = {"at": soon.isoformat(), "targets": {str(second.id): later.isoformat()}}
    assert ask("PUT", f"/posts/{post.id}/schedule", body).status_code == 200
    assert [first.due_at, second.due_at] == [soon, later]


def test_what_one_should_know_all_the_same_is_noted(ask, post, soon, connection):
    connection.expires_at = now() + timedelta(minutes=10)
    db.session.commit()
    notes = ask("PUT", f"/posts/{post.id}/schedule", {"at": soon.isoformat()}).json["notes"]
    assert [note for note in notes if "before this goes out" in note]


def test_an_hour_that_clocks_show_twice_is_noted(ask, post, connect):
    choose(post, [post.targets[0].connection, connect("bluesky", "ada.example")])
    db.session.commit()
    twice = {"at": "2027-10-31T02:30", "targets": {str(post.targets[1].id): "2027-10-31T02:45"}}
    answer = ask("PUT", f"/posts/{post.id}/schedule", {**twice, "zone": "Europe/Berlin"})
    assert answer.json["notes"] == [
        "Clocks show 02:30 twice that day; this is the first.",
        "Clocks show 02:45 twice that day; this is the first.",
    ]
    assert post.targets[0].due_at == datetime.fromisoformat("2027-10-31T00:30Z")
    exact = {"at": "2027-10-31T02:30+01:00", "zone": "Europe/Berlin"}
    assert ask("PUT", f"/posts/{post.id}/schedule", exact).json["notes"] == []


def test_what_is_on_its_way_keeps_its_time_and_that_is_noted(ask, scheduled, connect, soon):
    choose(scheduled.post, [scheduled.connection, connect("bluesky", "ada.example")])
    scheduled.state = State.SENDING
    db.session.commit()
    answer = ask("PUT", f"/posts/{scheduled.post_id}/schedule", {"at": (soon + timedelta(days=1)).isoformat()})
    assert answer.status_code == 200
    assert "It is on its way to @ada@peer.example, and keeps its time." in answer.json["notes"]
    assert (scheduled.state, scheduled.due_at) == (State.SENDING, soon)


BAD = [
    ({}, "connection-"),
    ({"at": "2020-01-01T00:00:00Z"}, "connection-"),
    ({"at": "2099-01-01T00:00:00Z"}, "connection-"),
    ({"at": "2027-07-01T09:30"}, "at"),
    ({"at": "2027-03-28T02:30", "zone": "Europe/Berlin"}, "at"),
    ({"at": "0001-01-01T00:00", "zone": "Asia/Tokyo"}, "at"),
    ({"at": "0001-01-01T00:00+14:00"}, "connection-"),
    ({"at": "soon"}, "at"),
    ({"at": "2027-07-01T09:30Z", "zone": "Berlin"}, "zone"),
    ({"at": "2027-07-01T09:30Z", "targets": {"4711": "2027-07-01T09:30Z"}}, "targets"),
    ({"at": "2027-07-01T09:30Z", "targets": {"one": "2027-07-01T09:30Z"}}, "targets"),
]


@pytest.mark.parametrize(("body", "field"), BAD)
def test_a_time_that_will_not_do_is_told(ask, post, body, field):
    answer = ask("PUT", f"/posts/{post.id}/schedule", body)
    assert answer.status_code == 422
    assert next(iter(answer.json["errors"])).startswith(field)
    assert post.targets[0].state is State.DRAFT


def test_a_schedule_of_what_was_read_is_refused_when_it_changed(ask, post, soon):
    body = {"at": soon.isoformat(), "revision": post.revision + 1}
    assert ask("PUT", f"/posts/{post.id}/schedule", body).status_code == 409


def test_members_wait_for_approval_which_may_be_taken_back(ask, ben, member, connect, post, owner, soon):
    Policy.kept(owner.account).approval = True
    connection = connect("mastodon", "@ben@peer.example", by=member)
    mine = ben("POST", "/posts", {"texts": ["Tea"], "connections": [connection.id]}).json
    at = f"/posts/{mine['id']}"
    waiting = ben("PUT", f"{at}/schedule", {"at": soon.isoformat()}).json
    assert (waiting["status"], waiting["shared"]) == ("needs_approval", True)
    assert ben("PUT", f"{at}/approval", {}).status_code == 403
    assert ask("PUT", f"{at}/approval", {"revision": waiting["revision"] - 1}).status_code == 409
    approved = ask("PUT", f"{at}/approval", {"revision": waiting["revision"]}).json
    assert (approved["status"], approved["approved"], approved["approved_by_id"]) == ("scheduled", True, owner.id)
    assert ben("DELETE", f"{at}/approval").status_code == 403
    assert ask("DELETE", f"{at}/approval").status_code == 204
    back = ask("GET", at).json
    assert (back["status"], back["approved"]) == ("needs_approval", False)
    assert db.session.scalars(db.select(Job).filter_by(task="publishing.due")).all() == []


def test_an_approval_of_what_is_being_sent_stays(ask, scheduled):
    ask("PUT", f"/posts/{scheduled.post_id}/approval", {})
    scheduled.state = State.SENDING
    db.session.commit()
    assert ask("DELETE", f"/posts/{scheduled.post_id}/approval").status_code == 409
    assert scheduled.post.approved_hash


def test_a_connection_is_added_taken_back_and_wanted_again(ask, scheduled, connect):
    at = f"/posts/{scheduled.post_id}/targets"
    other = connect("bluesky", "ada.example")
    db.session.commit()
    added = ask("POST", at, {"connection": other.id})
    assert (added.status_code, added.json["state"]) == (201, "draft")
    assert ask("POST", at, {"connection": other.id}).status_code == 409
    assert ask("DELETE", f"{at}/{scheduled.id}").status_code == 204
    assert scheduled.state is State.CANCELLED
    assert ask("POST", at, {"connection": scheduled.connection_id}).json["state"] == "draft"
    assert [each["id"] for each in ask("GET", at).json] == [scheduled.id, added.json["id"]]
    assert ask("GET", f"{at}/{scheduled.id}").json["network"] == "mastodon"
    assert ask("GET", f"{at}/4711").status_code == 404


def test_what_is_on_its_way_is_not_taken_back(ask, scheduled):
    scheduled.state = State.SENDING
    db.session.commit()
    answer = ask("DELETE", f"/posts/{scheduled.post_id}/targets/{scheduled.id}")
    assert (answer.status_code, answer.json["detail"][:8]) == (409, "Too late")


def test_what_failed_is_sent_again(ask, scheduled, soon):
    scheduled.state = State.FAILED
    db.session.commit()
    at = f"/posts/{scheduled.post_id}/targets/{scheduled.id}/retry"
    assert ask("POST", at, {"at": "2020-01-01T00:00:00Z"}).status_code == 422
    assert ask("POST", at, {"at": soon.isoformat()}).json["state"] == "scheduled"
    assert scheduled.due_at == soon
    assert ask("POST", at, {}).status_code == 200
    assert scheduled.due_at <= now()


@pytest.mark.parametrize(
    ("answer", "state"),
    [("published", State.PUBLISHED), ("again", State.SCHEDULED), ("discard", State.CANCELLED)],
)
def test_the_question_has_three_answers_each_given_once(ask, asked, answer, state):
    at = f"/posts/{asked.post_id}/targets/{asked.id}/answer"
    assert ask("PUT", at, {"answer": "perhaps"}).status_code == 422
    assert ask("PUT", at, {"answer": answer, "url": "https://peer.example/@ada/12"}).status_code == 200
    assert asked.state is state
    assert (asked.url == "https://peer.example/@ada/12") is (answer == "published")
    assert ask("PUT", at, {"answer": answer}).status_code == 409


def test_an_address_that_is_none_is_refused(ask, asked):
    body = {"answer": "published", "url": "javascript:alert(1)"}
    answer = ask("PUT", f"/posts/{asked.post_id}/targets/{asked.id}/answer", body)
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["url"])


def test_attempts_are_told_without_what_was_sent(ask, asked):
    (attempt,) = ask("GET", f"/posts/{asked.post_id}/attempts").json
    assert (attempt["outcome"], attempt["why"], attempt["key"]) == ("unknown", "The line went dead.", "the-key")
    assert (attempt["sha256"], attempt["network"], attempt["part"]) == ("ab" * 32, "mastodon", 0)
    assert "body" not in attempt


def test_a_preview_shows_each_network_with_counts_and_problems(ask, connect, post):
    connect("x", "@ada")
    body = {"texts": ["See https://example.org"], "networks": ["mastodon", "x"]}
    made = ask("POST", "/posts", body).json
    x, mastodon = ask("GET", f"/posts/{made['id']}/preview").json
    assert (mastodon["network"], x["network"], x["problems"]) == ("mastodon", "x", [])
    assert ("https://example.org", "https://example.org") in [
        (each["text"], each["url"]) for each in x["parts"][0]["stretches"]
    ]
    assert (x["parts"][0]["most"], x["parts"][0]["used"], x["parts"][0]["over"]) == (280, 27, False)
    assert x["cost"]
    ask("PATCH", f"/posts/{made['id']}", {"revision": made["revision"], "texts": ["x" * 300]})
    x, mastodon = ask("GET", f"/posts/{made['id']}/preview").json
    assert (mastodon["problems"], x["parts"][0]["over"], len(x["problems"])) == ([], True, 1)


def test_of_others_posts_there_is_nothing(program, scheduled, member, stranger, soon):
    at = f"/posts/{scheduled.post_id}"
    target = f"{at}/targets/{scheduled.id}"
    for person in (member, stranger):
        ask = program(person)
        for method, path, body in (
            ("PUT", f"{at}/schedule", {"at": soon.isoformat()}),
            ("DELETE", f"{at}/schedule", None),
            ("PUT", f"{at}/approval", {}),
            ("DELETE", f"{at}/approval", None),
            ("GET", f"{at}/attempts", None),
            ("GET", f"{at}/preview", None),
            ("GET", f"{at}/targets", None),
            ("POST", f"{at}/targets", {"connection": scheduled.connection_id}),
            ("GET", target, None),
            ("DELETE", target, None),
            ("PUT", f"{target}/answer", {"answer": "again"}),
            ("POST", f"{target}/retry", {}),
        ):
            assert ask(method, path, body).status_code == 404, (method, path)
    assert scheduled.state is State.SCHEDULED
