"""Asking X for what publishes nothing."""

from collections.abc import Mapping
from typing import Any

import httpx

from plugins.publishing.networks.asking import ask
from plugins.publishing.networks.reading import json_object
from plugins.publishing.networks.x.answers import TITLE, hindrance
from plugins.publishing.outcomes import Hindered
from plugins.publishing.platform import Login


def headers(login: Login) -> dict[str, str]:
    return {"Authorization": f"Bearer {login.tokens.access}"}


def asked(client: httpx.Client, method: str, path: str, login: Login, **more: Any) -> Mapping[str, Any]:
    """What it says. Raises Hindered."""
    answer = ask(client, method, f"{login.addresses['api']}{path}", title=TITLE, headers=headers(login), **more)
    if not answer.is_success:
        raise Hindered(hindrance(answer))
    return json_object(answer)
