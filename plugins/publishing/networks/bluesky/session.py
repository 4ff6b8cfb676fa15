"""A session: what a person's app password opens, once. It lives on its refresh tokens, and no password is kept."""

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from host import _, now
from plugins.publishing.networks.asking import ask
from plugins.publishing.networks.bluesky.xrpc import EXPIRED, INVALID, TITLE, bearer, error, hindrance, url
from plugins.publishing.networks.reading import json_object, part, words
from plugins.publishing.outcomes import Held, Hindered, Refused
from plugins.publishing.platform import Login, Tokens

ACCESS, REFRESH = timedelta(minutes=120), timedelta(days=90)  # where a token does not say when it ends
# What needs a second factor is the account's own password.
SECOND_FACTOR = "AuthFactorTokenRequired"
UNKNOWN = "AuthenticationRequired"  # a handle, or its password

Session = Mapping[str, Any]


def created(identifier: str, password: str, addresses: Mapping[str, str], client: httpx.Client) -> Session:
    """Asked once for a connection: a network of many counts these. Raises Hindered."""
    asked = {"identifier": identifier, "password": password}
    answer = ask(client, "POST", url(addresses, "com.atproto.server.createSession"), title=TITLE, json=asked)
    if error(answer) == SECOND_FACTOR:
        raise Hindered(Refused(_("That is the account's own password. Make an app password in Bluesky's settings.")))
    if error(answer) == UNKNOWN:
        raise Hindered(Refused(_("Bluesky does not know this handle with this app password.")))
    return _session(answer)


def renewed(login: Login, client: httpx.Client) -> Tokens:
    """The old refresh token lives two hours more and leads to the same new one, so a lost answer does no harm. Raises
    Hindered."""
    answer = ask(
        client,
        "POST",
        url(login.addresses, "com.atproto.server.refreshSession"),
        title=TITLE,
        headers=bearer(login.tokens.refresh),
    )
    if error(answer) in (EXPIRED, INVALID):
        raise Hindered(Held(_("The connection to Bluesky has ended. Connect it again.")))
    return tokens(_session(answer))


def tokens(session: Session) -> Tokens:
    access, refresh = words(session, "accessJwt"), words(session, "refreshJwt")
    return Tokens(access, refresh, _end(access) or now() + ACCESS, _end(refresh) or now() + REFRESH)


def _session(answer: httpx.Response) -> Session:
    if not answer.is_success:
        raise Hindered(hindrance(answer))
    session = json_object(answer)
    if any(not words(session, name) for name in ("accessJwt", "refreshJwt", "did", "handle")):
        raise Hindered(Refused(_("%(host)s does not answer as Bluesky does.", host=answer.url.host)))
    if part(session, "active") is False:
        raise Hindered(Held(_("Bluesky has switched this account off (%(status)s).", status=words(session, "status"))))
    return session


def _end(token: str) -> datetime | None:
    """As the token itself says; it is not ours to check."""
    try:
        claims = token.split(".")[1]
        said = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
        return datetime.fromtimestamp(said["exp"], UTC)
    except (IndexError, KeyError, TypeError, ValueError, OverflowError, OSError):
        return None
