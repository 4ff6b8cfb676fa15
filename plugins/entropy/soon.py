"""What rests soon: cards with more than three quarters of their time behind them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from marshmallow import Schema, fields, pre_dump
from sqlalchemy import ColumnElement, Select, select

from host import Board, Card, SearchFilter, User, _, now, visible
from plugins.entropy import respite
from plugins.entropy.groups import groups, soon
from plugins.entropy.life import Life

NO = ("0", "no", "false")


class SoonSchema(Schema):
    """Cards of one board, as its period has them."""

    number = fields.Int()
    title = fields.Str()
    last_active_at = fields.AwareDateTime()
    rests_at = fields.Method("_rests_at", metadata={"description": "From then on the next sweep takes it"})
    due = fields.Method("_due", metadata={"description": "The next sweep takes it"})

    def __init__(self, period: timedelta, *, many: bool = False) -> None:
        super().__init__(many=many)
        self.period = period
        self.at = now()
        self.began: Mapping[int, datetime] = {}

    @pre_dump(pass_collection=True)
    def _look_up(self, cards: Sequence[Card], **_more: Any) -> Sequence[Card]:
        self.began = respite.starts(cards)
        return cards

    def _rests_at(self, card: Card) -> str:
        return self._life(card).rests_at.isoformat()

    def _due(self, card: Card) -> bool:
        return self._life(card).due

    def _life(self, card: Card) -> Life:
        return Life(self.began[card.id], self.period, self.at)


def on_board(board: Board) -> Select[Card]:
    """The longest untouched first."""
    return select(Card).where(_on(Board.id == board.id)).order_by(Card.last_active_at, Card.id)


def for_person(value: str, actor: User) -> ColumnElement[bool]:
    """`postponing_soon=1`; with 0 it is the others."""
    resting = _on(visible(Board, actor))
    return ~resting if value in NO else resting


FILTER = SearchFilter("postponing_soon", _("Resting soon"), for_person)


def _on(boards: ColumnElement[bool]) -> ColumnElement[bool]:
    """Each group with its own clock; nothing where cards never rest."""
    return soon(groups(boards), now())
