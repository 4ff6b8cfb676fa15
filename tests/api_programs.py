"""Programs with a token."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, has_app_context
from werkzeug.test import TestResponse

from host import Account, User, db
from host.models import ApiToken
from host.models.token import Scope

Ask = Callable[..., TestResponse]


@pytest.fixture
def program(app: Flask) -> Callable[..., Ask]:
    """`program(ada)("GET", "/posts")`: the answer that a program of Ada's gets."""

    def of(person: User, scope: Scope = Scope.WRITE) -> Ask:
        token = ApiToken.create(person, name="tests", scope=scope)
        db.session.commit()
        client = app.test_client()

        def ask(method: str, path: str, json: Any = None, **more: Any) -> TestResponse:
            headers = {"Authorization": f"Bearer {token}", **more.pop("headers", {})}
            answer = client.open(f"/api/v1{path}", method=method, json=json, headers=headers, **more)
            if has_app_context():  # not where two ask at once
                db.session.expire_all()
            return answer

        return ask

    return of


@pytest.fixture
def ask(program: Callable[..., Ask], owner: User) -> Ask:
    """With a token of Ada's."""
    return program(owner)


@pytest.fixture
def ben(program: Callable[..., Ask], member: User) -> Ask:
    """With a token of Ben's, who is no admin."""
    return program(member)


@pytest.fixture
def stranger(app: Flask) -> User:
    """Zoe, who opened another space."""
    user = Account.open("Quarry", owner_name="Zoe Stone", email="zoe@example.org")
    db.session.commit()
    return user
