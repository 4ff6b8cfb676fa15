"""The cache itself, as an ASGI application around the pages."""

from collections import OrderedDict
from collections.abc import Hashable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from host.clock import now
from host.live.stream import Receive, Send
from host.pagecache.answer import Answer
from host.pagecache.state import DatabaseState

UNDER = "/boards/"  # only these addresses are looked at
KEPT = timedelta(seconds=15)
MOST = 64  # answers
SCOPE_KEY = "fallow.answer"
# What differs from one time to the next that a person opens the same page, and no page asks for. Every other header
# counts, also those of which we know nothing.
INDIFFERENT = frozenset({b"referer", b"cache-control", b"pragma"})
INDIFFERENT_PREFIX = b"sec-fetch-"


class Kept(NamedTuple):
    answer: Answer
    at: datetime


class PageCache:
    """Lives in the event loop. All that it holds was drawn from one state of the database."""

    def __init__(self, pages: Any, state: DatabaseState) -> None:
        self.pages = pages
        self.state = state
        self.held: Hashable | None = None
        self.answers: OrderedDict[Hashable, Kept] = OrderedDict()

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        state = await self.state.now() if _may_be_held(scope) else None
        if state is None:
            await self.pages(scope, receive, send)
            return
        key, at = _key(scope), now()
        found = self._find(key, state, at)
        if found and not _wants_it_drawn(scope):
            await found.give(send)
            return
        answer = Answer()
        heard = answer.heard(send, then=lambda: self._hold(key, state, Kept(answer, at)))
        await self.pages({**scope, SCOPE_KEY: answer}, receive, heard)

    def _find(self, key: Hashable, state: Hashable, at: datetime) -> Answer | None:
        if state != self.held:
            self.answers.clear()
            self.held = state
        kept = self.answers.get(key)
        return kept.answer if kept and abs(at - kept.at) < KEPT else None

    def _hold(self, key: Hashable, state: Hashable, kept: Kept) -> None:
        """Unless another request saw a newer state while this answer was drawn."""
        if state != self.held or not kept.answer.can_be_given_again:
            return
        self.answers[key] = kept
        self.answers.move_to_end(key)
        if len(self.answers) > MOST:
            self.answers.popitem(last=False)


def _may_be_held(scope: Any) -> bool:
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
    return any(name == b"cache-control" and b"no-cache" in value for name, value in scope["headers"])
