"""An answer as it goes out, listened to so that it can be given again."""

import re
from collections.abc import Callable, MutableMapping
from typing import Any

from host.live.stream import Send

LARGEST = 512 * 1024  # bytes; a larger one is not worth its room


class Answer:
    """Begins as nothing; a view that may be given again says so while it is drawn, in another thread."""

    def __init__(self) -> None:
        self.reusable = False
        self.unique: dict[str, Callable[[], str]] = {}  # what is another in each answer, and how it is made anew
        self._start: MutableMapping[str, Any] = {}
        self._body = bytearray()

    def heard(self, send: Send, then: Callable[[], object]) -> Send:
        """A `send` that passes everything on, and does `then` when it has heard all: before the reader has, who could
        ask again at once."""

        async def pass_on(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                self._start = message
            else:
                self._take(message.get("body", b""))
                if not message.get("more_body", False):
                    then()
            await send(message)

        return pass_on

    def _take(self, chunk: bytes) -> None:
        self.reusable = self.reusable and len(self._body) + len(chunk) <= LARGEST
        if self.reusable:
            self._body += chunk

    @property
    def can_be_given_again(self) -> bool:
        """One that sets a cookie is for its one browser in its one moment."""
        sets_cookie = any(name == b"set-cookie" for name, _value in self._start.get("headers", ()))
        return self.reusable and self._start.get("status") == 200 and not sets_cookie

    async def give(self, send: Send) -> None:
        await send(self._start)
        await send({"type": "http.response.body", "body": self._anew(), "more_body": False})

    def _anew(self) -> bytes:
        """As long as before, since what is made anew is."""
        if not self.unique:
            return bytes(self._body)
        any_of_them = b"|".join(re.escape(each.encode()) for each in self.unique)
        return re.sub(any_of_them, lambda found: self.unique[found[0].decode()]().encode(), self._body)
