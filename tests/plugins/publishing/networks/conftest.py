"""What the tests of the networks share. A network gets plain values, so no plugin and no table is needed."""

from collections.abc import Callable, Iterator

import httpx
import pytest
from flask import Flask

from host import http_client
from plugins.publishing.platform import Picture

SECONDS = 5.0


@pytest.fixture
def plugins() -> tuple[()]:
    return ()


@pytest.fixture
def web(app: Flask, allow: Callable[..., None]) -> Iterator[httpx.Client]:
    """The guarded client, which may ask this machine."""
    allow("127.0.0.0/8")
    with http_client(seconds=SECONDS) as client:
        yield client


@pytest.fixture
def hasty(web: httpx.Client) -> Iterator[httpx.Client]:
    """One that does not wait for who hangs."""
    with http_client(seconds=0.3) as client:
        yield client


@pytest.fixture
def picture() -> Callable[..., Picture]:
    """`picture(b"bytes", alt="A kettle")`"""

    def made(data: bytes = b"\x89PNG kettle", **more: object) -> Picture:
        given = {"name": "kettle.png", "type": "image/png", "width": 640, "height": 480, "alt": "A kettle"}
        return Picture(**{"size": len(data), **given, **more}, read=lambda: data)  # type: ignore[arg-type]

    return made
