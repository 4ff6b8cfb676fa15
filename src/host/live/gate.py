"""Who may listen: whoever has a session or a token, for as long as they have it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

from a2wsgi.wsgi import Body, build_environ
from flask import Flask, request, session
from werkzeug.exceptions import Forbidden, SecurityError, Unauthorized

from host.db import reading
from host.models import ApiToken, UserSession
from host.models.session import digest


@dataclass(frozen=True)
class Listener:
    """A person, and the digest of the session or token by which we know them."""

    user_id: int
    account_id: int
    digest: str


class Gate:
    """Asks the database, so each method belongs into a thread."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def listener(self, scope: Any) -> Listener:
        """Whose request this is. Raises a werkzeug HTTPException: 400 for a Host that is not ours, 403 for a page of
        another site, 401 for a stranger."""
        environ = cast("dict[str, Any]", build_environ(scope, cast("Body", None)))  # a GET has no body
        with self.app.request_context(environ):
            if isinstance(request.routing_exception, SecurityError):
                raise request.routing_exception
            self._require_own_page()
            return _by_token() or _by_session()

    def gone(self, listeners: Iterable[Listener]) -> set[Listener]:
        """Those whose session or token was revoked, or who were deactivated."""
        asked = set(listeners)
        digests = [each.digest for each in asked]
        with self.app.app_context(), reading():
            still = UserSession.still_open(digests) | ApiToken.still_good(digests)
        return {each for each in asked if each.digest not in still}

    def _require_own_page(self) -> None:
        """Another site could not read the stream, but must not hold one open either."""
        origin = request.headers.get("Origin")
        public = urlsplit(self.app.extensions["fallow"].config.public_url).netloc
        foreign = origin is not None and urlsplit(origin).netloc not in (request.host, public)
        if foreign or request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            raise Forbidden


def _by_token() -> Listener | None:
    """Raises Unauthorized for a token that is not good: whoever sends one does not mean the cookie."""
    kind, _space, text = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer":
        return None
    token = ApiToken.find(text.strip())
    if token is None:
        raise Unauthorized
    return Listener(token.user_id, token.user.account_id, token.digest)


def _by_session() -> Listener:
    key = session.get("_user_id")
    user = UserSession.user_for(key) if isinstance(key, str) else None
    if user is None or user.session_key is None:
        raise Unauthorized
    return Listener(user.id, user.account_id, digest(user.session_key))
