"""Trello exports and a short way to take them over."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from host.db import db
from host.models import Account, Board, Card, User
from host.transfer.trello import Report, import_trello

EXPORTS = Path(__file__).parents[2] / "data" / "trello"

TakeOver = Callable[..., tuple[Board, Report]]


def export(name: str) -> dict[str, Any]:
    """One of the exports in tests/data/trello."""
    found: dict[str, Any] = json.loads((EXPORTS / f"{name}.json").read_text())
    return found


@pytest.fixture
def owner(app: Flask) -> User:
    """Ines, who is on none of the boards."""
    user = Account.open("Meadow", owner_name="Ines Kell", email="ines@example.org")
    db.session.commit()
    return user


@pytest.fixture
def take_over(owner: User) -> TakeOver:
    """Import a document or the export of this name; gives the new board and the report."""

    def take(source: str | dict[str, Any], **how: Any) -> tuple[Board, Report]:
        document = export(source) if isinstance(source, str) else source
        report = import_trello(json.dumps(document), by=owner, **how)
        db.session.commit()
        return owner.board(report.board_id), report

    return take


def cards_of(board: Board) -> dict[str, Card]:
    """The board's cards by title."""
    cards = db.session.scalars(db.select(Card).filter_by(board_id=board.id).order_by(Card.number))
    return {card.title: card for card in cards}


def trello_board(*cards: dict[str, Any], **parts: Any) -> dict[str, Any]:
    """The smallest export with these cards, all in one list."""
    listed = [{"id": f"card{index}", "idList": "list", **card} for index, card in enumerate(cards)]
    return {"id": "board", "name": "Small", "lists": [{"id": "list", "name": "Things"}], "cards": listed, **parts}
