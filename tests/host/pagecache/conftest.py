"""Readers of the running program, each with headers of their own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

import pytest
from flask import Flask, request, request_started

from host.db import db
from host.models import User
from host.testing.client import Client, sign_in

PATIENCE = 20  # seconds


class Reader:
    """A person's browser, which keeps its connection. Cookies that an answer sets it forgets."""

    def __init__(self, connection: HTTPConnection, cookie: str) -> None:
        self.connection = connection
        self.cookie = cookie

    def ask(self, path: str, method: str = "GET", body: str | None = None, **headers: str) -> HTTPResponse:
        """The answer; its `text` is read already."""
        if method != "GET":
            db.session.commit()  # who writes waits for whoever may
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request(method, path, body, {"Cookie": self.cookie, **given})
        answer = self.connection.getresponse()
        answer.text = answer.read().decode()  # type: ignore[attr-defined]
        return answer

    def reads(self, path: str, **headers: str) -> str:
        answer = self.ask(path, **headers)
        assert answer.status == 200, answer.status
        text: str = answer.text  # type: ignore[attr-defined]
        return text


@pytest.fixture
def reader(app: Flask, live_server: str) -> Iterator[Callable[[User], Reader]]:
    """`reader(user)`: this person's browser, which has seen a page already and has a cookie that stays as it is."""
    with ExitStack() as stack:

        def signed_in(user: User) -> Reader:
            client = app.test_client()
            assert isinstance(client, Client)
            client.trust()
            sign_in(client, user)
            cookie = client.get_cookie("fallow_session")
            assert cookie is not None
            connection = HTTPConnection(urlsplit(live_server).netloc, timeout=PATIENCE)
            stack.enter_context(closing(connection))
            db.session.commit()
            return Reader(connection, f"fallow_session={cookie.value}")

        yield signed_in


@pytest.fixture
def drawn(app: Flask) -> Iterator[list[str]]:
    """The paths that Flask was asked for."""
    paths: list[str] = []

    def note(_app: Flask, **_more: object) -> None:
        paths.append(request.path)

    request_started.connect(note, app)
    yield paths
    request_started.disconnect(note, app)
