"""LinkedIn's tokens: 60 days each. Only apps that it approved as partners can renew them."""

from collections.abc import Mapping
from http import HTTPStatus

import httpx

from host import _
from plugins.publishing.networks.asking import ask
from plugins.publishing.networks.linkedin.answers import TITLE, hindrance
from plugins.publishing.networks.moments import LONG, in_seconds
from plugins.publishing.networks.reading import json_object, part, words
from plugins.publishing.outcomes import Held, Hindered, Later, Refused, Remedy
from plugins.publishing.platform import Login, Tokens

SPENT = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED)
NOBODY = Login({}, Tokens(""), "", "")


def exchanged(code: str, redirect: str, app: Mapping[str, str], site: str, client: httpx.Client) -> Tokens:
    """Raises Hindered."""
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect}
    answer = _asked(form, app, site, client)
    if answer.status_code in SPENT:
        raise Hindered(Refused(_("LinkedIn does not take this code, or not any more. Connect once more.")))
    return _tokens(answer, Tokens(""))


def renewed(login: Login, client: httpx.Client) -> Tokens:
    """Raises Hindered. The refresh token stays, and ends a year after the person agreed."""
    form = {"grant_type": "refresh_token", "refresh_token": login.tokens.refresh}
    answer = _asked(form, login.app, login.addresses["site"], client)
    if answer.status_code in SPENT:
        raise Hindered(Held(_("LinkedIn has ended our access to the account. Connect it again.")))
    return _tokens(answer, login.tokens)


def _asked(form: Mapping[str, str], app: Mapping[str, str], site: str, client: httpx.Client) -> httpx.Response:
    whole = {**form, "client_id": app.get("client_id", ""), "client_secret": app.get("client_secret", "")}
    answer = ask(client, "POST", f"{site}/oauth/v2/accessToken", title=TITLE, data=whole)
    if words(json_object(answer), "error") == "invalid_client":
        raise Hindered(Held(_("LinkedIn does not know your app by its id and secret."), Remedy.SETUP))
    return answer


def _tokens(answer: httpx.Response, before: Tokens) -> Tokens:
    if not answer.is_success:
        raise Hindered(hindrance(answer, NOBODY))
    said = json_object(answer)
    if not words(said, "access_token"):
        raise Hindered(Later(_("LinkedIn gave no key.")))
    return Tokens(
        words(said, "access_token"),
        words(said, "refresh_token") or before.refresh,
        in_seconds(part(said, "expires_in"), LONG),
        in_seconds(part(said, "refresh_token_expires_in"), LONG) or before.refresh_expires_at,
    )
