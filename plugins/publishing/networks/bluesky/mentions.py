"""Whom a handle means: the account behind it, which stays the same when it takes another handle."""

from collections.abc import Mapping
from http import HTTPStatus

import httpx

from plugins.publishing.networks.asking import ask
from plugins.publishing.networks.bluesky.finding import found_in
from plugins.publishing.networks.bluesky.xrpc import TITLE, bearer, error, hindrance, url
from plugins.publishing.networks.reading import json_object, words
from plugins.publishing.outcomes import Hindered, Renew
from plugins.publishing.platform import Login


def resolve(text: str, login: Login, client: httpx.Client) -> dict[str, str]:
    """The accounts of the handles in a text; without those that are nobody's. Raises Hindered."""
    handles = {each.value for each in found_in(text) if each.kind == "mention"}
    accounts = {handle: _account(handle, login, client) for handle in sorted(handles)}
    return {handle: did for handle, did in accounts.items() if did.startswith("did:")}


def _account(handle: str, login: Login, client: httpx.Client) -> str:
    asked = url(login.addresses, "com.atproto.identity.resolveHandle")
    params: Mapping[str, str] = {"handle": handle}
    answer = ask(client, "GET", asked, title=TITLE, headers=bearer(login.tokens.access), params=params)
    if answer.is_success:
        return words(json_object(answer), "did")
    refused = hindrance(answer)
    if answer.status_code == HTTPStatus.BAD_REQUEST and error(answer) and not isinstance(refused, Renew):
        return ""  # nobody has it: it stays text
    raise Hindered(refused)
