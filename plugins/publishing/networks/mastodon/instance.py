"""An instance: the server that a person has their account on, however they write it."""

from collections.abc import Mapping
from typing import Any

import httpx

from host import AddressRefused, _, checked_url
from plugins.publishing.networks.asking import ask
from plugins.publishing.networks.mastodon.answers import hindrance
from plugins.publishing.networks.mastodon.asking import IN_ENGLISH, TITLE
from plugins.publishing.networks.reading import json_object
from plugins.publishing.outcomes import Hindered, Refused


def instance_address(entered: str) -> str:
    """`https://mastodon.example`, of that, of the bare name, of a profile's address or of a handle with its server.

    Raises AddressRefused.
    """
    text = entered.strip()
    if "://" not in text:
        text = "https://" + text.removeprefix("@").partition("/")[0].rpartition("@")[2]
    url = httpx.URL(checked_url(text))
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def instance_of(entered: Mapping[str, str]) -> str:
    """Raises Hindered."""
    try:
        return instance_address(entered["instance"])
    except AddressRefused as refused:
        raise Hindered(Refused(refused.message)) from refused


def found(client: httpx.Client, url: str, **more: Any) -> Mapping[str, Any]:
    """What is there, empty where there is no such thing. Raises Hindered."""
    answer = ask(client, "GET", url, title=TITLE, **{"headers": IN_ENGLISH, **more})
    return json_object(answer) if answer.is_success else {}


def known(answer: httpx.Response, *names: str) -> Mapping[str, Any]:
    """The object that it is, which has these names. Raises Hindered."""
    if not answer.is_success:
        raise Hindered(hindrance(answer))
    said = json_object(answer)
    if any(not said.get(name) for name in names):
        raise Hindered(Refused(_("%(host)s does not answer as Mastodon does.", host=answer.url.host)))
    return said
