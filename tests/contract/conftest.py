"""A walk through every page, with whatever plugins a test started."""

from collections.abc import Callable

import pytest
from flask import Flask, current_app

from host.db import db
from host.models import Account, ApiToken, Board, User
from host.models.token import Scope
from host.testing import Client, sign_in

Pages = dict[str, tuple[int, str]]


@pytest.fixture
def visit() -> Callable[[], Pages]:
    """visit(): status and text of each page and list that a person meets, in the newest program."""

    def walk() -> Pages:
        owner = Account.open("Meadow", owner_name="Ada Field", email="ada@example.org")
        board = Board.create("Launch", by=owner, columns=["Writing"])
        card = board.add_card("Write the launch post")
        token = ApiToken.create(owner, name="test", scope=Scope.READ)
        db.session.commit()
        person, program = browser(owner), browser()
        pages = ["/", f"/boards/{board.id}", f"/cards/{card.number}", "/settings/general", "/settings/people"]
        lists = ["/api/v1/boards", f"/api/v1/boards/{board.id}/cards", f"/api/v1/cards/{card.number}"]
        bearer = {"Authorization": f"Bearer {token}"}
        answers = {path: person.get(path, follow_redirects=True) for path in [*pages, "/settings/plugins"]}
        answers |= {path: program.get(path, headers=bearer) for path in lists}
        return {path: (answer.status_code, answer.text) for path, answer in answers.items()}

    return walk


@pytest.fixture
def client_of() -> Callable[[Flask], Client]:
    """A browser in which the first person of the program is signed in."""
    return lambda _app: browser(db.session.scalars(db.select(User).filter_by(handle="ada-field")).one())


def browser(person: User | None = None) -> Client:
    client = current_app.test_client()
    assert isinstance(client, Client)
    client.trust()
    if person is not None:
        sign_in(client, person)
    return client
