"""The boards of a space that have a clock of their own, as far as the person who looks may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Select, func, select

from host import Account, Board, Card, Place, Postponement, current_user, db, now, visible
from plugins.entropy.period import Period, Source, board_periods

LATELY = timedelta(days=7)


@dataclass(frozen=True)
class OwnClock:
    board: Board
    period: Period
    awake: int
    rested: int  # by themselves, lately


@dataclass(frozen=True)
class OwnClocks:
    boards: Sequence[OwnClock]
    others: Sequence[Board]  # those that follow the space


def of_space(account: Account) -> OwnClocks:
    """In four statements; boards by name."""
    seen = (Board.account_id == account.id, visible(Board, current_user))
    periods = {each.board_id: each.period for each in board_periods(*seen)}
    own = {id for id, period in periods.items() if period.source is Source.BOARD}  # noqa: A001
    awake = _counted(select(Card.board_id, func.count()).where(Card.awake, Card.board_id.in_(own)))
    rested = _counted(_rested_lately().where(Card.board_id.in_(own)))
    boards = db.session.scalars(select(Board).where(*seen).order_by(func.lower(Board.name), Board.id)).all()
    clocks = [
        OwnClock(each, periods[each.id], awake.get(each.id, 0), rested.get(each.id, 0))
        for each in boards
        if each.id in own
    ]
    return OwnClocks(clocks, others=[each for each in boards if each.id not in own])


def _rested_lately() -> Select[int, int]:
    resting = select(Card.board_id, func.count()).join(Postponement, Postponement.card_id == Card.id)
    return resting.where(Card.place == Place.NOT_NOW, Postponement.automatic, Postponement.at > now() - LATELY)


def _counted(cards: Select[int, int]) -> dict[int, int]:
    return dict(db.session.execute(cards.group_by(Card.board_id)).all())
