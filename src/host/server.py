"""The web server: uvicorn runs the Flask app in threads, and live streams in its event loop, where they need none."""

import asyncio
import contextlib
import contextvars
import logging
import socket
from collections.abc import Callable, Iterator
from typing import Any, cast

import uvicorn
from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi_typing import WSGIApp
from flask import Flask

from host import live
from host.live.gate import Gate
from host.live.hub import BEAT, Hub
from host.live.route import PATHS, LiveRoute
from host.live.source import source
from host.pagecache import PageCache, State, state_of

THREADS = 16  # requests that are worked on at once
GRACE = 10  # seconds for running requests to end after a stop was asked for


class Server(uvicorn.Server):
    """One process's web server. `run_on(sock)` returns when `should_exit` was set and all requests have ended."""

    def __init__(self, app: Flask, *, ready: Callable[[], None] = lambda: None, beat: float = BEAT) -> None:
        self.app = app
        self.hub = Hub(Gate(app), beat=beat)
        self.ready = ready
        self.gave_up = False  # on requests that did not end in time
        live.take(app, self.hub)
        self._source = source(app, self.hub)
        self._state = state_of(app)
        super().__init__(_config(app, self.hub, self._state))

    def run_on(self, sock: socket.socket) -> None:
        self.run(sockets=[sock])

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await self.hub.open()
        self._source.start()
        await super().startup(sockets)
        await asyncio.to_thread(self.ready)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Streams first, since they would never end; then no new request, and the running ones to their end."""
        await self.hub.close()
        await super().shutdown(sockets)
        self.gave_up = bool(self.server_state.tasks)
        await asyncio.to_thread(self._source.stop)
        await asyncio.to_thread(self._state.close)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Not uvicorn's business: it raises the signal again when it has ended, and nothing after it would run."""
        yield


class Application:
    """The streams and the pages as one ASGI application.

    Each request begins with nothing in its context variables. A body is read on behalf of a page, so uvicorn may take
    up reading within Flask's context, and everything that comes along this connection later would inherit it: who was
    signed in, and the database session."""

    def __init__(self, app: Flask, hub: Hub, state: State) -> None:
        self.pages = PageCache(WSGIMiddleware(cast("WSGIApp", app), workers=THREADS), state)
        self.streams = LiveRoute(hub)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        part = self.streams if scope["path"] in PATHS else self.pages
        await asyncio.create_task(part(scope, receive, send), context=contextvars.Context())


def _config(app: Flask, hub: Hub, state: State) -> uvicorn.Config:
    return uvicorn.Config(
        Application(app, hub, state),
        http="h11",
        loop="asyncio",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level=logging.WARNING,
        access_log=False,
        server_header=False,
        # Only where someone says that there is a proxy are its headers believed.
        proxy_headers=bool(app.extensions["fallow"].config.public_url),
        timeout_graceful_shutdown=GRACE,
    )
