"""A card to work on, and what its log says."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from host.db import db
from host.models import Account, Board, Card, Event, User


@pytest.fixture
def card(board: Board) -> Card:
    """A published card of Ada's in Maybe?."""
    card = board.add_card("Cut the reeds")
    db.session.commit()
    return card


@pytest.fixture
def stranger(app: object) -> User:
    """Eve, who has a space of her own."""
    return Account.open("Elsewhere", owner_name="Eve", email="eve@example.org")


@pytest.fixture
def log() -> Callable[[Card], list[str]]:
    """log(card): the kinds of its events, oldest first, without that it was added."""

    def kinds(card: Card) -> list[str]:
        db.session.flush()
        found = select(Event.kind).where(Event.card_id == card.id, Event.kind != "card_published").order_by(Event.id)
        return list(db.session.scalars(found))

    return kinds
