"""A status that the instance says is there, and whether it is there as it was asked for."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any

import httpx

from host import _
from plugins.publishing.networks.asking import ask
from plugins.publishing.networks.mastodon.asking import TITLE, at, headers
from plugins.publishing.networks.mastodon.status import VISIBILITIES
from plugins.publishing.networks.reading import words
from plugins.publishing.outcomes import Hindered, Published
from plugins.publishing.platform import Login


def published(status: Mapping[str, Any], wanted: str) -> Published:
    """`wanted` is the visibility that was asked for. A limited account's public ones become quiet."""
    seen = words(status, "visibility")
    note = ""
    if seen and seen != wanted:
        note = _(
            "Mastodon made it “%(seen)s” where “%(wanted)s” was asked for.", seen=_word(seen), wanted=_word(wanted)
        )
    return Published(words(status, "id"), url=_url(status), note=note)


def shown(found: Published, login: Login, client: httpx.Client) -> Published:
    """The same, with a note if nobody is shown it: what looks like spam to an instance gets a yes like all others. By
    one look, which changes nothing that is known: it is published, whatever comes of it."""
    url = at(login, f"/api/v1/statuses/{found.remote_id}")
    try:
        answer = ask(client, "GET", url, title=TITLE, headers=headers(login.tokens.access))
    except Hindered:
        return found  # the yes stands
    if answer.status_code != HTTPStatus.NOT_FOUND:
        return found
    return replace(found, note=_("Mastodon said yes but does not show it. Its server may take it for spam."))


def _url(status: Mapping[str, Any]) -> str:
    """Somebody else's words: no link to anything but a page."""
    links = (words(status, "url"), words(status, "uri"))
    return next((each for each in links if each.startswith(("https://", "http://"))), "")


def _word(visibility: str) -> str:
    return dict(VISIBILITIES).get(visibility, visibility)
