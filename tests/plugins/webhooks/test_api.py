"""Webhooks by programs."""

import pytest
from sqlalchemy import delete
from standardwebhooks import Webhook as Verifier

from host import Access, Account, Board, Role, User, db
from host.models import ApiToken
from host.models.token import Scope
from plugins.webhooks.webhook import MOST, Webhook
from tests.http_server import answer

pytestmark = pytest.mark.sqlite_only("what lies below is tried on both")
URL = "https://hooks.example/in"


@pytest.fixture
def program(app):
    """program(person): ask("GET", "/webhooks")."""

    def of(person, scope=Scope.WRITE):
        token = ApiToken.create(person, name="test", scope=scope)
        db.session.commit()

        def ask(method, path="", json=None):
            headers = {"Authorization": f"Bearer {token}"}
            answered = app.test_client().open(f"/api/v1/webhooks{path}", method=method, json=json, headers=headers)
            db.session.expire_all()
            return answered

        return ask

    return of


@pytest.fixture
def ada(program, owner):
    return program(owner)


@pytest.fixture
def ben(program, member):
    return program(member)


@pytest.fixture
def stranger(app):
    user = Account.open("Quarry", owner_name="Zoe Stone", email="zoe@example.org")
    db.session.commit()
    return user


def test_one_is_made_and_its_secret_told_once(ada, board):
    made = ada("POST", json={"board": board.id, "name": " The  press ", "url": URL, "events": ["card_closed"]})
    assert made.status_code == 201
    assert made.json["secret"].startswith("whsec_")
    assert (made.json["name"], made.json["active"], made.json["format"]) == ("The press", True, "json")
    one = ada("GET", f"/{made.json['id']}").json
    assert {*made.json} - {*one} == {"secret"}
    assert one["events"] == ["card_closed"]
    assert [each["id"] for each in ada("GET").json] == [one["id"]]
    assert ada("GET", f"?board={board.id}").json == [one]


def test_all_events_unless_some_are_named(ada, board):
    assert ada("POST", json={"board": board.id, "name": "All", "url": URL}).json["events"] is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"url": "http://10.0.0.1/in"}, "url"),
        ({"url": "hooks.example"}, "url"),
        ({"events": []}, "events"),
        ({"events": ["card_eaten"]}, "events"),
        ({"events": "card_closed"}, "events"),
        ({"format": "fax"}, "format"),
        ({"active": "perhaps"}, "active"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_changes(ada, board, hook, change, field):
    webhook = hook()
    answered = ada("POST", json={"board": board.id, "name": "Press", "url": URL, **change})
    assert (answered.status_code, [*answered.json["errors"]]) == (422, [field])
    answered = ada("PATCH", f"/{webhook.id}", change)
    assert (answered.status_code, [*answered.json["errors"]]) == (422, [field])
    assert len(ada("GET").json) == 1
    assert (webhook.name, webhook.url, webhook.events, webhook.active) == ("Press", URL, None, True)


def test_a_part_of_it_is_changed(ada, hook):
    webhook = hook(events=["card_closed"])
    changed = ada("PATCH", f"/{webhook.id}", {"name": "News"}).json
    assert (changed["name"], changed["url"], changed["events"]) == ("News", URL, ["card_closed"])
    assert ada("PATCH", f"/{webhook.id}", {"events": None}).json["events"] is None


def test_it_is_switched_off_and_on(ada, hook):
    webhook = hook()
    webhook.failures = 7
    assert ada("PATCH", f"/{webhook.id}", {"active": False}).json["active"] is False
    again = ada("PATCH", f"/{webhook.id}", {"active": True}).json
    assert (again["active"], again["failures"]) == (True, 0)


def test_one_may_be_made_that_is_off(ada, board):
    made = ada("POST", json={"board": board.id, "name": "Later", "url": URL, "active": False})
    assert made.json["active"] is False


def test_a_new_secret(ada, hook):
    webhook = hook()
    before = webhook.secret
    answered = ada("POST", f"/{webhook.id}/secret")
    assert answered.status_code == 201
    assert answered.json["secret"] == webhook.secret != before
    assert webhook.secrets == [webhook.secret, before]


def test_the_log_and_another_try(ada, hook, receiver, card, owner, log):
    server = receiver(answer(500, b"sorry"), answer(200))
    webhook = hook(server)
    card.close(owner)
    log(webhook)
    [listed] = ada("GET", f"/{webhook.id}/deliveries").json
    assert (listed["kind"], listed["state"], listed["tries"]) == ("card_closed", "waiting", 1)
    one = f"/{webhook.id}/deliveries/{listed['id']}"
    whole = ada("GET", one).json
    assert [(each["status"], each["answer"]) for each in whole["attempts"]] == [(500, "sorry")]
    assert whole["attempts"][0]["request_headers"]["webhook-id"] == whole["message_id"]
    Verifier(webhook.secret).verify(whole["body"], whole["attempts"][0]["request_headers"])
    assert ada("POST", f"{one}/redelivery").status_code == 202
    log(webhook)
    assert ada("GET", one).json["state"] == "delivered"


def test_a_test(ada, hook, receiver, log):
    server = receiver()
    webhook = hook(server)
    asked = ada("POST", f"/{webhook.id}/test")
    assert (asked.status_code, asked.json["kind"]) == (202, "test")
    log(webhook)
    assert ada("GET", f"/{webhook.id}/deliveries/{asked.json['id']}").json["state"] == "delivered"


def test_one_is_removed_with_its_log(ada, hook, log, card, owner):
    webhook = hook()
    card.close(owner)
    log(webhook)
    one = f"/{webhook.id}"
    assert ada("DELETE", one).status_code == 204
    assert ada("GET", one).status_code == 404


ALL = [
    ("GET", ""),
    ("PATCH", ""),
    ("DELETE", ""),
    ("POST", "/secret"),
    ("POST", "/test"),
    ("GET", "/deliveries"),
    ("GET", "/deliveries/{delivery}"),
    ("POST", "/deliveries/{delivery}/redelivery"),
]


@pytest.fixture
def asked(hook, log, card, owner):
    """asked(program): the status of everything that can be asked about a webhook of Ada's board."""
    webhook = hook()
    card.close(owner)
    [delivery] = log(webhook)

    def all_of(ask):
        made = ask("POST", json={"board": webhook.board_id, "name": "Mine", "url": URL})
        paths = [(method, f"/{webhook.id}{path}".format(delivery=delivery.id)) for method, path in ALL]
        answers = [ask(method, path, {} if method == "PATCH" else None) for method, path in paths]
        return {made.status_code, *(each.status_code for each in answers)}

    yield all_of
    assert db.session.get(Webhook, webhook.id) is webhook
    assert len(log(webhook)) == 1


def test_a_member_sees_the_board_but_may_not(asked, ben):
    assert asked(ben) == {403}
    assert ben("GET").json == []


def test_somebody_without_access_finds_nothing(asked, program, account, stranger):
    """Also an admin of the space."""
    cleo = User.join(account, name="Cleo Fen", email="cleo@example.org")
    cleo.role = Role.ADMIN
    db.session.flush()
    db.session.execute(delete(Access).where(Access.user_id == cleo.id))
    for person in (cleo, stranger):
        assert asked(program(person)) == {404}
        assert program(person)("GET").json == []


def test_a_board_s_creator_may_on_that_board(ben, member, board, hook):
    mine = Board.create("Ben's", by=member)
    hook()
    made = ben("POST", json={"board": mine.id, "name": "Mine", "url": URL})
    assert made.status_code == 201
    assert [each["id"] for each in ben("GET").json] == [made.json["id"]]
    assert ben("GET", f"?board={board.id}").json == []


def test_a_delivery_of_another_webhook_is_not_there(ada, hook, log, card, owner):
    first, second = hook(), hook(name="Second")
    card.close(owner)
    [delivery] = log(first)
    assert ada("GET", f"/{second.id}/deliveries/{delivery.id}").status_code == 404
    assert ada("POST", f"/{second.id}/deliveries/{delivery.id}/redelivery").status_code == 404


def test_a_token_that_may_only_read_changes_nothing(program, owner, hook):
    webhook = hook()
    reader = program(owner, Scope.READ)
    assert reader("GET", f"/{webhook.id}").status_code == 200
    assert reader("POST", f"/{webhook.id}/secret").status_code == 403


def test_no_board_has_more_than_some(ada, board, hook):
    for number in range(MOST):
        hook(name=f"Press {number}")
    answered = ada("POST", json={"board": board.id, "name": "One more", "url": URL})
    assert (answered.status_code, "name" in answered.json["errors"]) == (422, True)


@pytest.mark.parametrize("board_id", [2**70, 2**63, 0, -1])
def test_a_board_that_no_row_can_have_is_refused(ada, board_id):
    made = ada("POST", json={"board": board_id, "name": "Press", "url": URL})
    listed = ada("GET", f"?board={board_id}")
    assert [(each.status_code, [*each.json["errors"]]) for each in (made, listed)] == [(422, ["board"])] * 2
