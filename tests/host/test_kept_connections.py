"""A connection is kept from one request to the next, and a proxy sends the requests of many people along one."""

from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from host.db import db
from host.models import ApiToken
from host.models.token import Scope

PATIENCE = 20  # seconds
LARGE = b" " * 500_000  # more than uvicorn holds before it stops to read for a while


@pytest.fixture
def along(live_server):
    """along(method, address, body, headers): the answer, along one connection."""
    with closing(HTTPConnection(urlsplit(live_server).netloc, timeout=PATIENCE)) as connection:

        def send(*request):
            connection.request(*request)
            answer = connection.getresponse()
            answer.read()
            return answer

        yield send


def test_nothing_of_a_large_request_is_left_to_the_next(along, owner):
    token = ApiToken.create(owner, name="Ada's program", scope=Scope.WRITE)
    db.session.commit()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    for _again in range(5):
        assert along("POST", "/api/v1/boards", LARGE, headers).status == 400
        stranger = along("GET", "/boards")
        assert (stranger.status, stranger.headers["Location"]) == (302, "/session/new?next=/boards")
        assert along("GET", "/live").status == 401
