"""The JSON API of notifications."""

from collections.abc import Callable
from typing import Any

import pytest

from host import Card, User, db
from host.models import ApiToken
from host.models.token import Scope
from host.testing import Client
from plugins.notifications.notes import Note

Told = Callable[[User], list[Note]]
Ask = Callable[..., Any]


@pytest.fixture
def ask(anonymous: Client, owner: User) -> Ask:
    """`ask("GET", "/unread_count")` with a token of Ada's."""
    token = ApiToken.create(owner, name="tests", scope=Scope.WRITE)
    db.session.commit()

    def send(method: str, path: str = "", **more: Any) -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        return anonymous.open(f"/api/v1/notifications{path}", method=method, headers=headers, **more)

    return send


@pytest.fixture
def note(card: Card, owner: User, odile: User, told: Told) -> Note:
    """Odile said something on Ada's card."""
    card.comment("The rack", odile)
    return told(owner)[0]


def test_the_list_says_who_what_and_when(note: Note, card: Card, odile: User, ask: Ask) -> None:
    answer = ask("GET")
    (given,) = answer.get_json()
    assert given == {
        "id": note.told.id,
        "kind": "comment_created",
        "title": "Interview the bakers",
        "text": "Odile Marsh: “The rack”",
        "card": {"number": card.number, "title": "Interview the bakers", "board_id": card.board_id},
        "creator": {"id": odile.id, "name": "Odile Marsh"},
        "unread_count": 1,
        "reason": "watching",
        "read_at": None,
        "updated_at": note.told.updated_at.isoformat(),
        "url": f"/cards/{card.number}",
    }
    assert 'rel="first"' in answer.headers["Link"]


@pytest.mark.usefixtures("note")
def test_how_many_are_unread(ask: Ask) -> None:
    assert ask("GET", "/unread_count").get_json() == {"unread_count": 1}


def test_one_is_marked_read_and_unread(note: Note, ask: Ask) -> None:
    assert ask("PUT", f"/{note.told.id}/reading").status_code == 204
    assert ask("GET").get_json()[0]["read_at"]
    assert ask("PUT", f"/{note.told.id}/reading").status_code == 204
    assert ask("DELETE", f"/{note.told.id}/reading").status_code == 204
    assert ask("GET", "/unread_count").get_json() == {"unread_count": 1}


@pytest.mark.usefixtures("note")
def test_all_are_marked_read(ask: Ask) -> None:
    assert ask("PUT", "/readings").status_code == 204
    assert ask("GET", "/unread_count").get_json() == {"unread_count": 0}


@pytest.mark.parametrize("number", [77, 99999999999999999999])
def test_one_that_is_not_there(number: int, ask: Ask) -> None:
    answer = ask("PUT", f"/{number}/reading")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_a_token_that_may_only_read_marks_nothing(note: Note, anonymous: Client, owner: User) -> None:
    token = ApiToken.create(owner, name="reader", scope=Scope.READ)
    headers = {"Authorization": f"Bearer {token}"}
    assert anonymous.put("/api/v1/notifications/readings", headers=headers).status_code == 403
    assert anonymous.get("/api/v1/notifications", headers=headers).status_code == 200
    assert anonymous.get("/api/v1/notifications").status_code == 401
