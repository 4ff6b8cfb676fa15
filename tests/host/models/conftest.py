"""A card to work on, and people around it."""

import pytest

from host.db import db
from host.models import Board, Card


@pytest.fixture
def card(board: Board) -> Card:
    """A published card of Ada's in Maybe?."""
    card = board.add_card("Cut the reeds")
    db.session.commit()
    return card
