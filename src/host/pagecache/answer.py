"""An answer as it goes out, listened to so that it can be given again."""

import re
from collections.abc import Callable, MutableMapping, Sequence
from typing import Any

from host.live.stream import Send

LARGEST = 512 * 1024  # bytes; a larger one is not worth its room


class Answer:
    """Begins as nothing; a view that may be given again says so while it is drawn, in another thread."""

    def __init__(self) -> None:
        self.reusable = False
        self.unique: dict[str, Callable[[], str]] = {}  # what is another in each answer, and how it is made anew
        self.size = 0  # bytes of the body
        self._start: MutableMapping[str, Any] = {}
        self._chunks: list[bytes] = []
        self._pieces: Sequence[bytes | Callable[[], str]] = ()

    def heard(self, send: Send, then: Callable[[], object]) -> Send:
        """A `send` that passes everything on, and does `then` when it has heard all of an answer that can be given
        again: before the reader has, who could ask again at once."""

        async def pass_on(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                self._start = message
            else:
                self._take(message.get("body", b""))
                if not message.get("more_body", False) and self._can_be_given_again:
                    self._pieces = self._cut(b"".join(self._chunks))
                    then()
            await send(message)

        return pass_on

    def _take(self, chunk: bytes) -> None:
        self.size += len(chunk)
        if self.reusable and self.size <= LARGEST:
            self._chunks.append(chunk)
        else:
            self.reusable = False
            self._chunks.clear()

    @property
    def _can_be_given_again(self) -> bool:
        """One that sets a cookie is for its one browser in its one moment."""
        sets_cookie = any(name == b"set-cookie" for name, _value in self._start.get("headers", ()))
        return self.reusable and self._start.get("status") == 200 and not sets_cookie

    def _cut(self, body: bytes) -> Sequence[bytes | Callable[[], str]]:
        """At what is to be made anew."""
        self._chunks.clear()
        if not self.unique:
            return [body]
        any_of_them = "|".join(re.escape(each) for each in self.unique).encode()
        parts = re.split(b"(" + any_of_them + b")", body)  # every second one is one of them
        return [self.unique[part.decode()] if index % 2 else part for index, part in enumerate(parts)]

    async def give(self, send: Send) -> None:
        """As long as before, since what is made anew is."""
        body = b"".join(each if isinstance(each, bytes) else each().encode() for each in self._pieces)
        await send(self._start)
        await send({"type": "http.response.body", "body": body, "more_body": False})
