"""Asking a network. What fails before anything was sent is no harm; what fails later may have been done."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import httpx

from host import OutgoingFault, _
from plugins.publishing.networks.moments import retry_after
from plugins.publishing.outcomes import Hindered, Later, Unknown

BROKEN = HTTPStatus.INTERNAL_SERVER_ERROR  # and above


def ask(client: httpx.Client, method: str, url: str, *, title: str, **more: Any) -> httpx.Response:
    """What publishes nothing; `title` is the network's. The answer has a status below 500.

    Raises Hindered with Later: nobody answered, or the network failed.
    """
    try:
        answer = client.request(method, url, **more)
    except OutgoingFault as fault:
        raise Hindered(Later(_not_reached(title, fault), counts=fault.lasting)) from fault
    if answer.status_code >= BROKEN:
        raise Hindered(Later(_broken(title, answer), at=retry_after(answer)))
    return answer


def publish(
    client: httpx.Client,
    method: str,
    url: str,
    *,
    title: str,
    told: Callable[[httpx.Response], bool] = lambda answer: False,  # noqa: ARG005
    **more: Any,
) -> httpx.Response | Unknown | Later:
    """What publishes, asked once. The answer has a status below 500; `told` says whether an answer whose body never
    came tells enough by its status and headers, and then it has an empty body."""
    answer = None
    try:
        with client.stream(method, url, **more) as answer:
            answer.read()
    except OutgoingFault as fault:
        if answer is not None and told(answer):
            return httpx.Response(answer.status_code, headers=answer.headers, request=answer.request)
        if not fault.may_have_arrived:
            return Later(_not_reached(title, fault), counts=fault.lasting)
        return Unknown(_("%(network)s may have published it: %(why)s", network=title, why=fault.message))
    if answer.status_code >= BROKEN:
        return Unknown(_broken(title, answer))
    return answer


def _not_reached(title: str, fault: OutgoingFault) -> str:
    return _("%(network)s was not reached: %(why)s", network=title, why=fault.message)


def _broken(title: str, answer: httpx.Response) -> str:
    return _("%(network)s has a fault of its own (%(status)s).", network=title, status=answer.status_code)
