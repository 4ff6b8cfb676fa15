"""Posts as programs write, read and change them."""

from datetime import timedelta
from itertools import combinations

import pytest
from sqlalchemy import event, select

from host import db
from host.models.token import Scope
from plugins.publishing.connection import Connection
from plugins.publishing.finding import is_in
from plugins.publishing.policy import Policy
from plugins.publishing.post import Post
from plugins.publishing.scheduling import choose, schedule
from plugins.publishing.states import State, Status
from plugins.publishing.target import Target


def test_one_is_written_with_all_that_it_says(ask, connection, board, owner):
    card = board.add_card("Launch", by=owner)
    sent = {
        "texts": ["One", "Two"],
        "variants": {"mastodon": {"texts": ["Toot"], "options": {"visibility": "unlisted"}}},
        "connections": [connection.id],
        "card": card.number,
        "shared": True,
        "at": "2030-05-01T10:00:00Z",
        "zone": "Europe/Berlin",
    }
    answer = ask("POST", "/posts", sent)
    assert answer.status_code == 201
    given = answer.json
    assert {name: given[name] for name in ("texts", "variants", "card", "shared", "zone")} == {
        name: sent[name] for name in ("texts", "variants", "card", "shared", "zone")
    }
    assert (given["status"], given["title"], given["approved"]) == ("draft", "One", False)
    (target,) = given["targets"]
    assert (target["connection_id"], target["state"], target["at"]) == (
        connection.id,
        "draft",
        "2030-05-01T10:00:00+00:00",
    )
    assert ask("GET", f"/posts/{given['id']}").json == given


def test_accounts_may_be_named(ask, connection, owner):
    post = ask("POST", "/posts", {"texts": ["x"], "networks": ["feed", "Mastodon:@ada@peer.example"]}).json
    feed = Connection.feed_of(owner.account)
    assert [each["connection_id"] for each in post["targets"]] == [feed.id, connection.id]
    refused = ask("POST", "/posts", {"texts": ["x"], "networks": ["friendster"]})
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["networks"])


def test_an_account_that_is_named_twice_is_one(ask, connection):
    answer = ask("POST", "/posts", {"texts": ["a"], "connections": [connection.id, connection.id]})
    assert (answer.status_code, len(answer.json["targets"])) == (201, 1)


def test_what_is_left_out_stays(ask, post, connection):
    changed = ask("PATCH", f"/posts/{post.id}", {"revision": post.revision, "shared": True})
    assert changed.status_code == 200
    assert (changed.json["texts"], changed.json["shared"]) == (["The kettle is on."], True)
    assert [each["connection_id"] for each in changed.json["targets"]] == [connection.id]


def test_a_change_that_was_overtaken_is_refused(ask, post):
    before = post.revision
    assert ask("PATCH", f"/posts/{post.id}", {"revision": before, "texts": ["First"]}).status_code == 200
    late = ask("PATCH", f"/posts/{post.id}", {"revision": before, "texts": ["Second"]})
    assert (late.status_code, post.texts) == (409, ["First"])
    assert late.mimetype == "application/problem+json"
    elsewhere = ask("PATCH", f"/posts/{post.id}", {"revision": before, "networks": ["feed"]})
    assert (elsewhere.status_code, [target.platform for target in post.targets]) == (409, ["mastodon"])


def test_what_is_scheduled_stays_so_unless_it_no_longer_fits(ask, scheduled, soon):
    post = scheduled.post
    assert ask("PATCH", f"/posts/{post.id}", {"revision": post.revision, "texts": ["Tea"]}).status_code == 200
    assert (scheduled.state, scheduled.due_at, post.texts) == (State.SCHEDULED, soon, ["Tea"])
    long = ask("PATCH", f"/posts/{post.id}", {"revision": post.revision, "texts": ["x" * 9000]})
    assert (long.status_code, post.texts) == (422, ["Tea"])
    assert list(long.json["errors"]) == [f"connection-{scheduled.connection_id}"]


def test_what_is_scheduled_moves_with_its_post(ask, scheduled, soon):
    post, later = scheduled.post, soon + timedelta(days=1)
    body = {"revision": post.revision, "at": later.isoformat()}
    assert ask("PATCH", f"/posts/{post.id}", body).status_code == 200
    assert (scheduled.state, scheduled.due_at, scheduled.next_at) == (State.SCHEDULED, later, later)
    for at in (None, "2020-01-01T00:00:00Z"):
        assert ask("PATCH", f"/posts/{post.id}", {"revision": post.revision, "at": at}).status_code == 422
    assert (post.at, scheduled.due_at) == (later, later)


def test_a_members_change_needs_approval_as_in_the_composer(ben, member, connect, soon, owner):
    Policy.kept(owner.account).approval = True
    post = Post.draft(member, ["Fine"])
    post.shared = True
    choose(post, [connect("mastodon", "@ben@peer.example", by=member)])
    schedule(post, soon, owner)
    db.session.commit()
    assert post.status is Status.SCHEDULED
    assert ben("PATCH", f"/posts/{post.id}", {"revision": post.revision, "texts": ["Not fine"]}).status_code == 200
    assert post.status is Status.NEEDS_APPROVAL


@pytest.mark.parametrize("state", [State.SENDING, State.PUBLISHED, State.UNCONFIRMED])
def test_what_is_on_its_way_or_out_stays(ask, scheduled, state):
    scheduled.state = state
    db.session.commit()
    post = scheduled.post
    for method, body in (("PATCH", {"revision": post.revision, "texts": ["Else"]}), ("DELETE", None)):
        answer = ask(method, f"/posts/{post.id}", body)
        assert (answer.status_code, post.texts) == (409, ["The kettle is on."])


def test_a_draft_is_deleted(ask, post):
    number = post.id
    assert ask("DELETE", f"/posts/{number}").status_code == 204
    assert ask("GET", f"/posts/{number}").status_code == 404


def test_a_copy_is_a_draft(ask, scheduled):
    copy = ask("POST", f"/posts/{scheduled.post_id}/clone")
    assert (copy.status_code, copy.json["status"], copy.json["cloned_from"]) == (201, "draft", scheduled.post_id)


BAD = [
    ({"texts": []}, "texts"),
    ({"texts": "x"}, "texts"),
    ({"texts": ["x"] * 101}, "texts"),
    ({"zone": "Mars/Base"}, "zone"),
    ({"zone": "Europe"}, "zone"),
    ({"zone": "../../etc/passwd"}, "zone"),
    ({"at": "tomorrow"}, "at"),
    ({"at": "9999-12-31T23:59:59-12:00"}, "at"),
    ({"at": "0001-01-01T00:00:00+12:00"}, "at"),
    ({"variants": {"friendster": {"texts": ["x"]}}}, "variants"),
    ({"variants": {"mastodon": {"options": {"visibility": "loud"}}}}, "variants"),
    ({"variants": {"mastodon": {"options": {"shade": "blue"}}}}, "variants"),
    ({"state": "published"}, "state"),
]


@pytest.mark.parametrize(("body", "field"), BAD)
def test_bad_input_is_told_by_field(ask, app, body, field):
    answer = ask("POST", "/posts", body)
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
    assert db.session.scalars(select(Post)).all() == []


def test_others_posts_and_connections_are_not_there(ask, program, post, connection, member, stranger):
    for person in (member, stranger):
        theirs = program(person)
        for method, path, body in (
            ("GET", f"/posts/{post.id}", None),
            ("PATCH", f"/posts/{post.id}", {"revision": 1}),
            ("DELETE", f"/posts/{post.id}", None),
            ("POST", f"/posts/{post.id}/clone", None),
            ("POST", "/posts", {"texts": ["x"], "connections": [connection.id]}),
        ):
            assert theirs(method, path, body).status_code == 404, (method, path)
        assert theirs("GET", "/posts").json == []
    post.shared = True
    db.session.commit()
    assert program(member)("GET", f"/posts/{post.id}").status_code == 200
    assert program(member)("PATCH", f"/posts/{post.id}", {"revision": post.revision}).status_code == 403
    assert program(stranger)("GET", f"/posts/{post.id}").status_code == 404


def test_a_token_that_may_read_only_reads(program, owner, post):
    reader = program(owner, Scope.READ)
    assert reader("GET", "/posts").status_code == 200
    assert reader("POST", "/posts", {"texts": ["x"]}).status_code == 403


def test_the_list_is_narrowed(ask, scheduled, owner, board, soon):
    card = board.add_card("Launch", by=owner)
    draft = Post.draft(owner, ["Later"], card=card)
    db.session.commit()
    day = f"{soon:%Y-%m-%d}"

    def ids(query: str) -> list[int]:
        return [each["id"] for each in ask("GET", f"/posts?{query}").json]

    assert ids("") == [draft.id, scheduled.post_id]
    assert ids("status=scheduled") == [scheduled.post_id]
    assert ids("status=draft") == [draft.id]
    assert ids(f"card={card.number}") == [draft.id]
    assert ids(f"from={day}T00:00:00Z") == [scheduled.post_id]
    assert ids(f"to={day}T00:00:00Z") == []
    assert ask("GET", "/posts?status=loud").status_code == 422


def test_the_database_derives_the_same_status(app, owner, connect):
    accounts = [connect("mastodon", f"@{number}@peer.example") for number in range(2)]
    made = {}
    for states in [(), *((state,) for state in State), *combinations(State, 2)]:
        post = Post.draft(owner)
        for state, account in zip(states, accounts, strict=False):
            post.targets.append(Target(account_id=post.account_id, connection=account, state=state))
        db.session.flush()
        made[post.id] = post.status
    for status in Status:
        found = set(db.session.scalars(select(Post.id).where(is_in(status))))
        assert found == {each for each, derived in made.items() if derived is status}, status


def test_a_list_costs_the_same_however_long_it_is(ask, owner, connection):
    def asked() -> int:
        statements = []
        count = lambda *_args: statements.append(1)  # noqa: E731
        event.listen(db.engine, "after_cursor_execute", count)
        ask("GET", "/posts")
        event.remove(db.engine, "after_cursor_execute", count)
        return len(statements)

    costs = []
    for _round in range(2):
        for _number in range(3):
            post = Post.draft(owner, ["x"])
            post.targets.append(Target(account_id=post.account_id, connection=connection))
        db.session.commit()
        costs.append(asked())
    assert costs[0] == costs[1]


@pytest.fixture
def halfway(scheduled, connect, owner, soon):
    """Out on Mastodon, scheduled on Bluesky."""
    choose(scheduled.post, [scheduled.connection, connect("bluesky", "ada.example")])
    schedule(scheduled.post, soon, owner)
    scheduled.state = State.PUBLISHED
    db.session.commit()
    return scheduled.post


def test_the_rest_is_reworded_and_what_is_out_keeps_its_words(ask, halfway):
    body = {"revision": halfway.revision, "texts": ["The kettle is off."]}
    changed = ask("PATCH", f"/posts/{halfway.id}", body)
    assert (changed.status_code, changed.json["texts"]) == (200, ["The kettle is off."])
    assert changed.json["variants"] == {"mastodon": {"texts": ["The kettle is on."], "options": {}}}
    own = {"mastodon": {"texts": ["Else"]}}
    late = ask("PATCH", f"/posts/{halfway.id}", {"revision": halfway.revision, "variants": own})
    assert (late.status_code, late.json["detail"]) == (409, "Too late: it is out on @ada@peer.example.")
    assert halfway.texts_for("mastodon") == ["The kettle is on."]


@pytest.mark.parametrize("state", [State.CLAIMED, State.SENDING, State.UNCONFIRMED, State.PUBLISHED])
def test_a_time_for_what_is_all_on_its_way_or_out_is_too_late(ask, halfway, soon, state):
    halfway.targets[1].state = state
    db.session.commit()
    for at in ((soon + timedelta(days=1)).isoformat(), None):
        answer = ask("PATCH", f"/posts/{halfway.id}", {"revision": halfway.revision, "at": at, "shared": True})
        assert (answer.status_code, answer.json["detail"][:8]) == (409, "Too late")
    assert (halfway.at, halfway.shared, [each.due_at for each in halfway.targets]) == (soon, False, [soon, soon])


def test_a_time_moves_what_is_not_out_yet(ask, halfway, soon):
    later = soon + timedelta(days=1)
    body = {"revision": halfway.revision, "at": later.isoformat()}
    assert ask("PATCH", f"/posts/{halfway.id}", body).status_code == 200
    assert [each.due_at for each in halfway.targets] == [soon, later]
