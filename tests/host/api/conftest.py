"""What the tests of the API share."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from host.models import Board, Card, User
from tests.api_programs import Ask


@pytest.fixture
def ada(ask: Ask) -> Ask:
    """What Ada's program, which may write, is answered."""
    return ask


@pytest.fixture
def document(anonymous: FlaskClient) -> dict[str, Any]:
    """OpenAPI's, of all that is on."""
    found: dict[str, Any] = anonymous.get("/api/v1/openapi.json").json
    return found


@pytest.fixture
def card(board: Board, owner: User) -> Card:
    """The first card of Ada's board, in Maybe?."""
    return board.add_card("Poster", by=owner)
