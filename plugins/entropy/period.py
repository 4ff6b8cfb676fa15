"""Which period holds on a board: its own, else its space's, else thirty days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, case, false, func, literal, select

from host import Account, Board, _, db, once_a_page
from plugins.entropy.duration import Duration
from plugins.entropy.models import AccountEntropy, BoardEntropy

DEFAULT_SECONDS = 30 * 86_400


class Source(StrEnum):
    BOARD = "board"
    ACCOUNT = "account"
    DEFAULT = "default"


@dataclass(frozen=True)
class Period:
    """How long a card may lie untouched, and where that was said."""

    seconds: int | None = DEFAULT_SECONDS  # None: for ever
    source: Source = Source.DEFAULT
    golden_stays: bool = False
    archived: bool = False  # the board is; what was said is kept for the day that it is brought back

    @property
    def length(self) -> timedelta | None:
        """None while no clock runs: where cards never rest, and in the archive."""
        return None if self.seconds is None or self.archived else timedelta(seconds=self.seconds)

    @property
    def words(self) -> str:
        return _("never") if self.seconds is None else Duration.of(self.seconds).words


class BoardPeriod(NamedTuple):
    board_id: int
    account_id: int
    period: Period


def of_account(account: Account) -> Period:
    """What holds on boards that follow the space."""
    chosen = db.session.get(AccountEntropy, account.id)
    return Period(chosen.period_seconds, Source.ACCOUNT, chosen.golden_stays) if chosen else Period()


def of_board(board: Board) -> Period:
    return of_boards([board.id])[board.id]


def of_boards(ids: Iterable[int]) -> Mapping[int, Period]:
    """The periods of these boards by id, with one statement, which a page asks once."""
    return _of_boards(frozenset(ids))


@once_a_page
def _of_boards(ids: frozenset[int]) -> Mapping[int, Period]:
    return {each.board_id: each.period for each in board_periods(Board.id.in_(ids))}


def board_periods(*conditions: ColumnElement[bool]) -> list[BoardPeriod]:
    """The period of each board that meets the conditions, with one statement."""
    return [
        BoardPeriod(board_id, account_id, Period(seconds, Source(source), golden_stays, archived))
        for board_id, account_id, seconds, source, golden_stays, archived in db.session.execute(
            _effective().where(*conditions)
        )
    ]


@cache
def _effective() -> Select[int, int, int | None, str, bool, bool]:
    """Whether there is a row decides, not what it holds: a period of NULL is a choice too, never."""
    own, spaces = BoardEntropy.board_id.is_not(None), AccountEntropy.account_id.is_not(None)
    seconds = case(
        (own, BoardEntropy.period_seconds), (spaces, AccountEntropy.period_seconds), else_=literal(DEFAULT_SECONDS)
    )
    source = case((own, literal(Source.BOARD)), (spaces, literal(Source.ACCOUNT)), else_=literal(Source.DEFAULT))
    golden_stays = func.coalesce(AccountEntropy.golden_stays, false())
    return (
        select(Board.id, Board.account_id, seconds, source, golden_stays, Board.archived_at.is_not(None))
        .outerjoin(BoardEntropy, BoardEntropy.board_id == Board.id)
        .outerjoin(AccountEntropy, AccountEntropy.account_id == Board.account_id)
        .order_by(Board.account_id, Board.id)
    )
