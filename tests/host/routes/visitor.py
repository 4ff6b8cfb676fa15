"""Whoever asks: each request by itself, with what proves who it is, and with nothing kept from the last one."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from host.db import db
from host.models import ApiToken, User
from host.models.token import Scope
from host.testing import Client, sign_in


@dataclass(frozen=True)
class Visitor:
    app: Flask
    for_pages: dict[str, str]
    for_programs: dict[str, str]

    @classmethod
    def of(cls, app: Flask, person: User | None) -> "Visitor":
        """Somebody with a sign-in and a token, or nobody."""
        client = app.test_client()
        assert isinstance(client, Client)
        client.trust()
        token = ""
        if person is not None:
            sign_in(client, person)
            token = ApiToken.create(person, name="test", scope=Scope.WRITE)
        db.session.commit()
        name = app.config["SESSION_COOKIE_NAME"]
        cookie = client.get_cookie(name)
        assert cookie is not None
        pages = {"Cookie": f"{name}={cookie.value}", "X-CSRFToken": client.environ_base["HTTP_X_CSRFTOKEN"]}
        return cls(app, pages, {"Authorization": f"Bearer {token}"} if token else {})

    def __call__(self, method: str, path: str, headers: dict[str, str] | None = None, **sent: Any) -> TestResponse:
        proof = self.for_programs if path.startswith("/api/") else self.for_pages
        client = self.app.test_client(use_cookies=False)
        return client.open(path, method=method, headers={**proof, **(headers or {})}, buffered=True, **sent)

    def raw(self, method: str, path: bytes, query: bytes = b"") -> TestResponse:
        """With these very bytes in the address, as a server passes them on."""
        place = {"PATH_INFO": path.decode("latin-1"), "QUERY_STRING": query.decode("latin-1")}
        return self(method, "/", environ_overrides=place, headers={**self.for_pages, **self.for_programs})
