"""The cache itself, as an ASGI application around the pages."""

from collections.abc import Hashable
from typing import Any

from host.clock import now
from host.live.stream import Receive, Send
from host.pagecache.answer import Answer
from host.pagecache.shelf import Kept, Shelf
from host.pagecache.state import State

UNDER = "/boards/"  # only these addresses are looked at
SCOPE_KEY = "fallow.answer"
# What differs from one time to the next that a person opens the same page, and no page asks for. Every other header
# counts, also those of which we know nothing.
INDIFFERENT = frozenset({b"referer", b"cache-control", b"pragma"})
INDIFFERENT_PREFIX = b"sec-fetch-"


class PageCache:
    """Lives in the event loop."""

    def __init__(self, pages: Any, state: State) -> None:
        self.pages = pages
        self.state = state
        self.shelf = Shelf()

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        state = await self.state.now() if _may_be_kept(scope) else None
        if state is None:
            await self.pages(scope, receive, send)
            return
        key, at = _key(scope), now()
        self.shelf.turn_to(state, at)
        found = self.shelf.find(key, at)
        if found and not _wants_it_drawn(scope):
            await found.give(send)
            return
        answer = Answer()
        heard = answer.heard(send, then=lambda: self._keep(state, key, Kept(answer, at)))
        await self.pages({**scope, SCOPE_KEY: answer}, receive, heard)

    def _keep(self, state: Hashable, key: Hashable, kept: Kept) -> None:
        """Unless another request saw a newer state while this answer was drawn."""
        if state == self.shelf.state:
            self.shelf.put(key, kept)


def _may_be_kept(scope: Any) -> bool:
    return scope["type"] == "http" and scope["method"] == "GET" and str(scope["path"]).startswith(UNDER)


def _key(scope: Any) -> Hashable:
    counting = (
        (name, value)
        for name, value in scope["headers"]
        if name not in INDIFFERENT and not name.startswith(INDIFFERENT_PREFIX)
    )
    return scope["scheme"], scope["path"], scope["query_string"], tuple(counting)


def _wants_it_drawn(scope: Any) -> bool:
    """As browsers ask who are told to load a page anew whatever is kept."""
    return any(name == b"cache-control" and b"no-cache" in value.lower() for name, value in scope["headers"])
