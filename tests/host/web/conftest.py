"""Pages as people meet them, with and without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from host.db import db
from host.models import Account, Board, Card, User
from host.testing import Client, sign_in
from tests.host.web.page import Page

HTMX = {"HX-Request": "true"}


@pytest.fixture
def card(board: Board) -> Card:
    """A published card of Ada's in Maybe?."""
    card = board.add_card("Cut the reeds")
    db.session.commit()
    return card


@pytest.fixture
def stranger(app: Flask) -> User:
    """Eve, who has a space of her own."""
    return Account.open("Elsewhere", owner_name="Eve", email="eve@example.org")


@pytest.fixture
def browser(app: Flask) -> Callable[[User], Client]:
    """browser(ben): one in which this person is signed in."""

    def of(person: User) -> Client:
        client = app.test_client()
        assert isinstance(client, Client)
        client.trust()
        sign_in(client, person)
        return client

    return of


@pytest.fixture
def read(client: Client) -> Callable[[str], Page]:
    """read("/boards/1"): the page as Ada sees it."""

    def page(address: str) -> Page:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return Page(answer.text)

    return page


@pytest.fixture
def submit(client: Client) -> Callable[..., TestResponse]:
    """submit(page, action, title="x"): send the form as it stands on the page, but for what is typed."""

    def send(page: Page, action: str, /, **typed: Any) -> TestResponse:
        form = page.form(action)
        assert form.method == "post"
        return client.post(action, data={**form.values, **typed}, headers={"X-CSRFToken": ""})

    return send
