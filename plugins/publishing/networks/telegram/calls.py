"""Calling a method of the Bot API. The bot's token is a part of the address, so no sentence of ours repeats one."""

import re
from collections.abc import Mapping
from typing import Any

import httpx

from host import _
from plugins.publishing.networks.asking import ask
from plugins.publishing.networks.reading import json_object, part
from plugins.publishing.networks.telegram.answers import TITLE, hindrance
from plugins.publishing.outcomes import Held, Hindered

TOKEN = re.compile(r"\d{3,20}:[\w-]{30,60}", re.ASCII)


def method_url(addresses: Mapping[str, str], token: str, method: str) -> str:
    """Raises Hindered where there is no token, as when it cannot be read any more."""
    if not TOKEN.fullmatch(token):
        raise Hindered(Held(_("The token of the bot is missing. Enter it anew.")))
    return f"{addresses['api']}/bot{token}/{method}"


def call(
    client: httpx.Client, addresses: Mapping[str, str], token: str, method: str, **values: str
) -> Mapping[str, Any]:
    """What a method that publishes nothing gives. Raises Hindered."""
    answer = ask(client, "POST", method_url(addresses, token, method), title=TITLE, json=values)
    said = json_object(answer)
    result = part(said, "result")
    if said.get("ok") is True and isinstance(result, dict):
        return result
    raise Hindered(hindrance(answer))
