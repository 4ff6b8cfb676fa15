"""A period that somebody considers: what the form holds before it is saved, and what the next sweep would do with it.

The form says it in the address of its page (`?period=7`), so that a browser without JavaScript can show it too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import request
from marshmallow import ValidationError

from host import Account, Board
from plugins.entropy import period, preview
from plugins.entropy.form import AccountForm, BoardForm, PeriodForm
from plugins.entropy.groups import grouped
from plugins.entropy.period import BoardPeriod, Source, board_periods
from plugins.entropy.preview import Due

FIELDS = ("period", "amount", "unit", "golden_stays")


@dataclass(frozen=True)
class Proposal:
    """`loaded` is what would be saved; with `errors` there is nothing to save."""

    typed: Mapping[str, str]
    loaded: Mapping[str, Any]
    errors: Mapping[str, Any]

    @classmethod
    def for_account(cls) -> "Proposal | None":
        """The one in the address of this request, if there is one."""
        return cls._asked(AccountForm)

    @classmethod
    def for_board(cls) -> "Proposal | None":
        return cls._asked(BoardForm)

    @classmethod
    def _asked(cls, form: type[PeriodForm]) -> "Proposal | None":
        if request.method != "GET" or "period" not in request.args:
            return None
        typed = only_fields(request.args)
        try:
            return cls(typed, form().load(typed), {})
        except ValidationError as error:
            return cls(typed, {}, error.normalized_messages())  # type: ignore[no-untyped-call]

    @property
    def seconds(self) -> int | None:
        return self.loaded.get("seconds")

    def due_in_space(self, account: Account) -> list[Due]:
        """What would rest on the boards of the space; those with a clock of their own keep it."""
        boards = board_periods(Board.account_id == account.id)
        return preview.due_in(grouped(self._of_space(each) for each in boards))

    def due_on_board(self, board: Board) -> list[Due]:
        (found,) = board_periods(Board.id == board.id)
        seconds = period.of_account(board.account).seconds if self.loaded["follows"] else self.seconds
        return preview.due_in(grouped([found._replace(period=replace(found.period, seconds=seconds))]))

    def _of_space(self, board: BoardPeriod) -> BoardPeriod:
        own = board.period.source is Source.BOARD
        seconds = board.period.seconds if own else self.seconds
        would_be = replace(board.period, seconds=seconds, golden_stays=self.loaded["golden_stays"])
        return board._replace(period=would_be)


def only_fields(given: Mapping[str, str]) -> dict[str, Any]:
    """The form's own, without what else a request carries."""
    return {name: given[name] for name in FIELDS if name in given}
