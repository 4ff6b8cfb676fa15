"""`GET /live`, as an ASGI application: a stream that waits costs no thread."""

import asyncio
import json
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from werkzeug.exceptions import HTTPException, MethodNotAllowed, ServiceUnavailable

from host.live.hub import Hub
from host.live.stream import NOSNIFF, Receive, Send

PATHS = frozenset({"/live", "/api/v1/live"})


class LiveRoute:
    """Lets in whom the gate knows."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        try:
            if scope["method"] != "GET":
                raise MethodNotAllowed(["GET"])
            listener = await asyncio.to_thread(self.hub.gate.listener, scope)
            if not self.hub.is_open:
                raise ServiceUnavailable
        except HTTPException as error:
            await _refuse(error, send)
        else:
            await self.hub.stream(listener, _since(scope), receive, send)


def _since(scope: Any) -> str | None:
    """A browser that lost its stream says where it stood in a header, a page that opens its first in the address."""
    for name, value in scope["headers"]:
        if name == b"last-event-id":
            return str(value, "latin-1")
    given = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True).get("since")
    return given[0] if given else None


async def _refuse(error: HTTPException, send: Send) -> None:
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    problem = {"type": "about:blank", "title": status.phrase, "status": int(status)}
    headers = [(b"content-type", b"application/problem+json"), (b"cache-control", b"no-store"), NOSNIFF]
    if status == HTTPStatus.UNAUTHORIZED:
        headers.append((b"www-authenticate", b'Bearer realm="Fallow"'))
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        headers.append((b"allow", b"GET"))
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(problem).encode(), "more_body": False})
