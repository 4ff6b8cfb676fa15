"""A program that may send to this machine, and names that lead where a test says."""

import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from flask import Flask

Where = str | tuple[str, int]  # an address, or one at another port than was asked for
Names = Callable[..., list[str]]


@pytest.fixture
def allow(app: Flask) -> Iterator[Callable[..., None]]:
    """`allow("127.0.0.0/8")`: what the installation's admin allows; nothing until it is called."""
    fallow = app.extensions["fallow"]
    before = fallow.config

    def these(*ranges: str) -> None:
        fallow.config = replace(before, allow_networks=ranges)

    yield these
    fallow.config = before


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """`asked = names(**{"peer.example": [["127.0.0.1"], ["10.0.0.1"]]})`: where the name leads at the first time and
    later; `asked` lists who was asked for."""
    system = socket.getaddrinfo

    def lead(**led: list[Sequence[Where]]) -> list[str]:
        asked: list[str] = []

        def getaddrinfo(host, port, *more, **named):  # type: ignore[no-untyped-def]
            asked.append(host)
            if host not in led:
                return system(host, port, *more, **named)
            turn = led[host].pop(0) if len(led[host]) > 1 else led[host][0]
            pairs = [(each, port) if isinstance(each, str) else each for each in turn]
            return [found for address, at in pairs for found in system(address, at, *more, **named)]

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        return asked

    return lead
