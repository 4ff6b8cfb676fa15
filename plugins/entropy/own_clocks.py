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
    others: int  # boards that follow the space


def of_space(account: Account) -> OwnClocks:
    """In four statements."""
    seen = [Board.account_id == account.id, visible(Board, current_user)]
    periods = board_periods(*seen)
    own = {each.board_id: each.period for each in periods if each.period.source is Source.BOARD}
    awake = _counted(select(Card.board_id, func.count()).where(Card.awake, Card.board_id.in_(own)))
    rested = _counted(_rested_lately().where(Card.board_id.in_(own)))
    boards = db.session.scalars(select(Board).where(Board.id.in_(own)).order_by(func.lower(Board.name), Board.id))
    clocks = [OwnClock(each, own[each.id], awake.get(each.id, 0), rested.get(each.id, 0)) for each in boards]
    return OwnClocks(clocks, others=len(periods) - len(own))


def _rested_lately() -> Select[int, int]:
    resting = select(Card.board_id, func.count()).join(Postponement, Postponement.card_id == Card.id)
    return resting.where(Card.place == Place.NOT_NOW, Postponement.automatic, Postponement.at > now() - LATELY)


def _counted(cards: Select[int, int]) -> dict[int, int]:
    return dict(db.session.execute(cards.group_by(Card.board_id)).all())
