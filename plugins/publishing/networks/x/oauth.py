"""X's tokens: two hours each, and a refresh token that is good for one use."""

from collections.abc import Mapping
from http import HTTPStatus

import httpx

from host import _
from plugins.publishing.networks.asking import ask
from plugins.publishing.networks.moments import in_seconds
from plugins.publishing.networks.reading import json_object, part, words
from plugins.publishing.networks.x.answers import TITLE, hindrance
from plugins.publishing.outcomes import Held, Hindered, Later, Refused, Remedy
from plugins.publishing.platform import Login, Tokens


def exchanged(
    code: str, verifier: str, redirect: str, app: Mapping[str, str], api: str, client: httpx.Client
) -> Tokens:
    """Tokens for a code, which lives for half a minute. Raises Hindered."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect,
        "code_verifier": verifier,
    }
    answer = _asked(form, app, api, client)
    if answer.status_code == HTTPStatus.BAD_REQUEST:
        raise Hindered(Refused(_("X does not take this code, or not any more: it is good for 30 seconds. Try again.")))
    return _tokens(answer, "")


def renewed(login: Login, client: httpx.Client) -> Tokens:
    """Raises Hindered. When the answer is lost, the old refresh token may be spent, and the next try finds out."""
    form = {"grant_type": "refresh_token", "refresh_token": login.tokens.refresh}
    answer = _asked(form, login.app, login.addresses["api"], client)
    if answer.status_code == HTTPStatus.BAD_REQUEST:
        raise Hindered(Held(_("X has ended our access to the account. Connect it again.")))
    return _tokens(answer, login.tokens.refresh)


def _asked(form: Mapping[str, str], app: Mapping[str, str], api: str, client: httpx.Client) -> httpx.Response:
    """As an app with a secret, or as one that has none, such as X offers for programs on people's own machines."""
    who, secret = app.get("client_id", ""), app.get("client_secret", "")
    url = f"{api}/2/oauth2/token"
    if secret:
        return ask(client, "POST", url, title=TITLE, data=form, auth=(who, secret))
    return ask(client, "POST", url, title=TITLE, data={**form, "client_id": who})


def _tokens(answer: httpx.Response, refresh: str) -> Tokens:
    if answer.status_code == HTTPStatus.UNAUTHORIZED:
        raise Hindered(Held(_("X does not know your app by its id and secret. Look at them there."), Remedy.SETUP))
    if not answer.is_success:
        raise Hindered(hindrance(answer))
    said = json_object(answer)
    if not words(said, "access_token"):
        raise Hindered(Later(_("X gave no key.")))
    ends = in_seconds(part(said, "expires_in"))
    return Tokens(words(said, "access_token"), words(said, "refresh_token") or refresh, ends)
