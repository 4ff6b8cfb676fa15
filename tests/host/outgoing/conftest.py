"""What the tests of outgoing requests share."""

from collections.abc import Callable, Iterator

import httpx
import pytest

from host import http_client


@pytest.fixture
def client(allow: Callable[..., None]) -> Iterator[httpx.Client]:
    """One that may send to this machine's first address alone."""
    allow("127.0.0.1/32")
    with http_client() as client:
        yield client
