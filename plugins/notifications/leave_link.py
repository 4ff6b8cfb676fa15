"""The link in a letter by which its person, and nobody else, stops the bundles and the summary."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from host import NotFound, User, _, absolute_url, db


def leave_url(person: User) -> str:
    return absolute_url(f"/notifications/leave/{_signer().dumps(person.id)}")


def leave_headers(url: str) -> Mapping[str, str]:
    """What a mail program needs to show its own button, which posts only to https (RFC 8058)."""
    told = {"List-Unsubscribe": f"<{url}>"}
    return told | {"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if url.startswith("https:") else told


def domain() -> str:
    """Whose the letters are, for their Message-ID."""
    return urlsplit(absolute_url("/")).hostname or "localhost"


def leaving(token: str) -> User:
    """Whose link this is. Raises NotFound for what we did not sign, and for whoever has left."""
    try:
        id = _signer().loads(token)  # noqa: A001
    except BadData:
        id = None  # noqa: A001
    person = db.session.get(User, id) if id else None
    if person is None or not person.active:
        raise NotFound(_("This link is no longer good."))
    return person


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="notifications.leave")
