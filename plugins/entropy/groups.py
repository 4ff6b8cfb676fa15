"""Boards of a space that share a period: what can be asked and changed with one statement."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ColumnExpressionArgument, and_

from host import Card
from plugins.entropy.period import BoardPeriod, Period, board_periods
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
        return and_(*self._awake())

    def due(self, at: datetime) -> ColumnElement[bool]:
        """Cards that a sweep at that moment lets rest. Index: ix_card_awake"""
        start = at - self.period
        return and_(*self._awake(), Card.last_active_at <= start, ~respited(Respite.since > start))

    def soon(self, at: datetime) -> ColumnElement[bool]:
        """Cards with more than three quarters of their time behind them, those that are due among them."""
        start = at - self.period * SOON
        return and_(*self._awake(), Card.last_active_at < start, ~respited(Respite.since >= start))

    def _awake(self) -> Iterator[ColumnExpressionArgument[bool]]:
        yield Card.awake
        yield Card.board_id.in_(self.board_ids)
        if self.golden_stays:
            yield ~Card.goldness.has()
        yield ~stays()


def groups(*conditions: ColumnElement[bool]) -> list[Group]:
    """The boards that meet the conditions, without those whose cards never rest."""
    return grouped(board_periods(*conditions))


def grouped(boards: Iterable[BoardPeriod]) -> list[Group]:
    """These boards, with the periods that they have or might have."""
    alike: dict[tuple[int, Period], list[int]] = defaultdict(list)
    for board_id, account_id, period in boards:
        alike[account_id, Period(period.seconds, golden_stays=period.golden_stays)].append(board_id)
    return [
        Group(account_id, period.length, period.golden_stays, tuple(ids[start : start + MOST_BOARDS]))
        for (account_id, period), ids in alike.items()
        if period.length is not None
        for start in range(0, len(ids), MOST_BOARDS)
    ]
