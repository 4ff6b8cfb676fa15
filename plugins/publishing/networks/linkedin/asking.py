"""Asking LinkedIn, by a version of its interface that it takes."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import httpx

from host import now
from plugins.publishing.networks.asking import ask
from plugins.publishing.networks.linkedin.answers import RETIRED, TITLE, hindrance
from plugins.publishing.networks.linkedin.versions import versions
from plugins.publishing.networks.reading import json_object
from plugins.publishing.outcomes import Hindered
from plugins.publishing.platform import Login

Came = TypeVar("Came")


def asked(client: httpx.Client, path: str, json: Mapping[str, Any], login: Login) -> Mapping[str, Any]:
    """What it says to a POST that publishes nothing. Raises Hindered."""
    url = f"{login.addresses['api']}{path}"
    answer, _version = by_version(
        login, lambda headers: ask(client, "POST", url, title=TITLE, headers=headers, json=json)
    )
    if not answer.is_success:
        raise Hindered(hindrance(answer, login))
    return json_object(answer)


def by_version(login: Login, request: Callable[[Mapping[str, str]], Came]) -> tuple[Came, str]:
    """What came of the request, and the version that it was made with. One that is retired does nothing, so the next
    month's may be tried at once."""
    for version in versions(login.profile, now()):
        came = request(headers(login, version))
        if not (isinstance(came, httpx.Response) and came.status_code == RETIRED):
            break
    return came, version


def headers(login: Login, version: str) -> Mapping[str, str]:
    return {**bearer(login), "LinkedIn-Version": version, "X-Restli-Protocol-Version": "2.0.0"}


def bearer(login: Login) -> Mapping[str, str]:
    return {"Authorization": f"Bearer {login.tokens.access}"}
