"""What a network of a test answers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import responses
from typing import Any

from tests.received import HEAD_ENDS


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def wire(self) -> bytes:
        return self.head(promised=len(self.body)) + self.body

    def head(self, *, promised: int) -> bytes:
        """The answer until its body, of which so many bytes are promised."""
        named = {**self.headers, "content-length": str(promised), "connection": "close"}
        lines = [f"HTTP/1.1 {self.status} {responses.get(self.status, 'Whatever')}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in named.items()]
        return "\r\n".join(lines).encode("latin-1") + HEAD_ENDS


def says(status: int, value: Any, **headers: str) -> Reply:
    """JSON; `x_reset="12"` is a header."""
    return Reply(
        status,
        json.dumps(value, separators=(",", ":")).encode(),
        {"content_type": "application/json; charset=utf-8", **headers},
    )
