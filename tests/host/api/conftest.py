"""A program with a token."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from host.db import db
from host.models import Account, ApiToken, Board, Card, User
from host.models.token import Scope

Call = Callable[..., TestResponse]


@pytest.fixture
def program(app: Flask) -> Callable[..., Call]:
    """`program(ada)("GET", "/boards")`: the answer that a program gets with a token of Ada's."""

    def of(user: User, scope: Scope = Scope.WRITE) -> Call:
        token = ApiToken.create(user, name="test", scope=scope)
        db.session.commit()
        client = app.test_client()
        bearer = {"Authorization": f"Bearer {token}"}

        def call(method: str, path: str, json: Any = None, **more: Any) -> TestResponse:
            headers = {**bearer, **more.pop("headers", {})}
            return client.open(f"/api/v1{path}", method=method, json=json, headers=headers, **more)

        return call

    return of


@pytest.fixture
def ada(program: Callable[..., Call], owner: User) -> Call:
    """What Ada's program, which may write, is answered."""
    return program(owner)


@pytest.fixture
def ben(program: Callable[..., Call], member: User) -> Call:
    """What Ben's program, which may write, is answered."""
    return program(member)


@pytest.fixture
def document(anonymous: FlaskClient) -> dict[str, Any]:
    """OpenAPI's, of all that is on."""
    found: dict[str, Any] = anonymous.get("/api/v1/openapi.json").json
    return found


@pytest.fixture
def stranger(app: Flask) -> User:
    """Zoe, who opened another space."""
    user = Account.open("Quarry", owner_name="Zoe Stone", email="zoe@example.org")
    db.session.commit()
    return user


@pytest.fixture
def card(board: Board, owner: User) -> Card:
    """The first card of Ada's board, in Maybe?."""
    return board.add_card("Poster", by=owner)
