"""Cards by the beginning of their numbers or by words of their titles, as people call them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import joinedload, load_only

from host.db import db
from host.models.board import Board
from host.models.card.card import Card
from host.models.typed import line
from host.models.user import User
from host.permissions import visible

LONGEST_NUMBER = 18  # digits
MOST_DIGITS = 6  # that were not typed yet
LONGEST_WORDS = 200


def cards_called(text: str, reader: User, *, near: Board, most: int) -> Sequence[Card]:
    """Those that the reader may see and that are called so. A number may be begun; of words each stands somewhere in
    the title, and cards of the board `near` come first, then those that were touched last. Without any text those of
    the board alone."""
    if text.isascii() and text.isdecimal():
        return _found(_shown(reader, most).where(_numbered(text, reader)).order_by(Card.number))
    called = _shown(reader, most).where(_titled(text)).order_by(Card.last_active_at.desc(), Card.id.desc())
    here = _found(called.where(Card.board_id == near.id))  # ix_card_board_id_place_column_id_last_active_at
    missing = most - len(here) if text else 0
    return [*here, *_found(called.where(Card.board_id != near.id).limit(missing))] if missing else here


def _shown(reader: User, most: int) -> Select[Card]:
    brief = load_only(Card.number, Card.title, Card.board_id)
    return select(Card).where(visible(Card, reader)).options(brief, joinedload(Card.board)).limit(most)


def _numbered(text: str, reader: User) -> ColumnElement[bool]:
    """As ranges, each of which an index has: uq_card_account_id_number."""
    first = int(text) if len(text) <= LONGEST_NUMBER else 0
    tens = [10**more for more in range(MOST_DIGITS + 1) if 0 < first * 10**more < 10**LONGEST_NUMBER]
    ranges = (Card.number.between(first * ten, (first + 1) * ten - 1) for ten in tens)
    return or_(false(), *(and_(Card.account_id == reader.account_id, each) for each in ranges))


def _titled(text: str) -> ColumnElement[bool]:
    words = line(text)[:LONGEST_WORDS].split()
    return and_(Card.title != "", *(Card.title.icontains(word, autoescape=True) for word in words))


def _found(cards: Select[Card]) -> Sequence[Card]:
    return db.session.scalars(cards).all()
