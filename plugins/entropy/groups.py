"""Boards of a space that share a period: what can be asked and changed with one statement."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import ColumnElement, ColumnExpressionArgument, and_, bindparam, case, false, literal, select

from host import Board, Card, Moment
from plugins.entropy.period import BoardPeriod, board_periods
from plugins.entropy.period import of_board as period_of
from plugins.entropy.respite import Respite, respited
from plugins.entropy.stay import stays

MOST_BOARDS = 500  # in one statement: databases bound the number of values
SOON = 0.75  # more than this share of the period has gone by


@dataclass(frozen=True)
class Group:
    account_id: int
    period: timedelta
    golden_stays: bool
    board_ids: tuple[int, ...]

    def awake(self) -> ColumnElement[bool]:
        """Cards whose clock runs. Index: ix_card_awake, or the board's own by place"""
        return and_(*_awake([self]))

    def due(self, at: datetime) -> ColumnElement[bool]:
        """Cards that a sweep at that moment lets rest. Index: ix_card_awake"""
        return due([self], at)

    def soon(self, at: datetime) -> ColumnElement[bool]:
        """Cards with more than three quarters of their time behind them, those that are due among them."""
        return soon([self], at)

    def soon_from(self, at: datetime) -> datetime:
        """Cards that were last touched before are soon."""
        return at - self.period * SOON

    def newly_soon(self, before: datetime, at: datetime) -> Sequence[ColumnElement[bool]]:
        """Those of them that were not soon at a moment before, in two parts, each with an index to find the few among
        the many that have long been: by their last touch (ix_card_awake), and by their respite."""
        start = self.soon_from(before)
        lately = Card.id.in_(select(Respite.card_id).where(Respite.since >= start))
        return [
            and_(self.soon(at), Card.last_active_at >= start),
            and_(self.soon(at), Card.last_active_at < start, lately),
        ]


def due(groups: Sequence[Group], at: datetime) -> ColumnElement[bool]:
    """Cards of any of these groups that a sweep at that moment lets rest; none without a group."""
    if not groups:
        return false()
    start = _by_board({group: at - group.period for group in groups})
    return and_(*_awake(groups), Card.last_active_at <= start, ~respited(Respite.since > start))


def soon(groups: Sequence[Group], at: datetime) -> ColumnElement[bool]:
    """Cards of any of these groups with more than three quarters of their time behind them."""
    if not groups:
        return false()
    start = _by_board({group: group.soon_from(at) for group in groups})
    return and_(*_awake(groups), *_untouched_since(start))


@cache
def soon_of_one(golden_stays: bool) -> ColumnElement[bool]:
    """The same of one `board` with its `start`, which are given later: for a statement that is made once."""
    there = Card.board_id == bindparam("board")
    start = bindparam("start", type_=Moment)
    return and_(*_running(there, there if golden_stays else None), *_untouched_since(start))


def _untouched_since(start: ColumnElement[datetime]) -> Iterator[ColumnElement[bool]]:
    yield Card.last_active_at < start
    yield ~respited(Respite.since >= start)


def _awake(groups: Sequence[Group]) -> Iterator[ColumnExpressionArgument[bool]]:
    golden_stay = _boards([group for group in groups if group.golden_stays])
    return _running(Card.board_id.in_(_boards(groups)), Card.board_id.in_(golden_stay) if golden_stay else None)


def _running(
    there: ColumnElement[bool], golden_stay: ColumnElement[bool] | None
) -> Iterator[ColumnExpressionArgument[bool]]:
    """Clocks of the cards there that run; golden ones rest, too, but for those of the boards where they stay."""
    yield Card.awake
    yield there
    if golden_stay is not None:
        yield ~(golden_stay & Card.goldness.has())
    yield ~stays()


def _boards(groups: Iterable[Group]) -> list[int]:
    return [board_id for group in groups for board_id in group.board_ids]


def _by_board(moments: Mapping[Group, datetime]) -> ColumnElement[datetime]:
    """Which of the moments holds for a card. One CASE for all: a chain of conditions as long as there are periods would
    be too deep for SQLite, and take PostgreSQL minutes to plan."""
    alike: dict[datetime, list[Group]] = defaultdict(list)
    for group, moment in moments.items():
        alike[moment].append(group)
    if len(alike) == 1:
        return literal(next(iter(alike)), Moment)
    return case(*((Card.board_id.in_(_boards(found)), literal(moment, Moment)) for moment, found in alike.items()))


def groups(*conditions: ColumnElement[bool]) -> list[Group]:
    """The boards that meet the conditions, without those whose cards never rest and those in the archive."""
    return grouped(board_periods(*conditions))


def of_board(board: Board) -> list[Group]:
    """Of this board alone; nothing where no clock runs."""
    return grouped([BoardPeriod(board.id, board.account_id, period_of(board))])


def grouped(boards: Iterable[BoardPeriod]) -> list[Group]:
    """These boards, with the periods that they have or might have."""
    alike: dict[tuple[int, timedelta, bool], list[int]] = defaultdict(list)
    for board_id, account_id, period in boards:
        if period.length is not None:
            alike[account_id, period.length, period.golden_stays].append(board_id)
    return [
        Group(account_id, length, golden_stays, tuple(ids[start : start + MOST_BOARDS]))
        for (account_id, length, golden_stays), ids in alike.items()
        for start in range(0, len(ids), MOST_BOARDS)
    ]
