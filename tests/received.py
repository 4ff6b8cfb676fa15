"""A request as a server of a test reads it."""

import json
import socket
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl, urlsplit

HEAD_ENDS = b"\r\n\r\n"


@dataclass(frozen=True)
class Part:
    """One field of a form with files."""

    type: str
    filename: str
    data: bytes


@dataclass(frozen=True)
class Received:
    """A request as it came in."""

    method: str
    path: str  # with what was asked behind it
    headers: dict[str, str]  # names in small letters
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def route(self) -> str:
        """The path alone, still percent-encoded."""
        return urlsplit(self.path).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))

    @property
    def form(self) -> dict[str, str]:
        """Of a form without files."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True, strict_parsing=bool(self.body)))

    @property
    def parts(self) -> dict[str, Part]:
        """Of a form with files, by name."""
        head = f"Content-Type: {self.headers['content-type']}\r\n\r\n".encode()
        message = message_from_bytes(head + self.body, policy=HTTP)
        if not message.is_multipart():
            raise ValueError("no form with files")
        return {
            each.get_param("name", header="content-disposition"): Part(  # type: ignore[misc]
                each.get_content_type(),
                each.get_filename() or "",
                each.get_payload(decode=True),  # type: ignore[arg-type]
            )
            for each in message.iter_parts()  # type: ignore[attr-defined]
        }


def read_request(connection: socket.socket) -> Received:
    """Raises OSError when there is none."""
    data = b""
    while HEAD_ENDS not in data:
        data += _some(connection)
    head, _ends, body = data.partition(HEAD_ENDS)
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _colon, value in (line.partition(":") for line in lines)}
    while len(body) < int(headers.get("content-length", 0)):
        body += _some(connection)
    method, path, _version = first.split(" ", 2)
    return Received(method, path, headers, body)


def _some(connection: socket.socket) -> bytes:
    data = connection.recv(65536)
    if not data:
        raise ConnectionError("gone")
    return data
