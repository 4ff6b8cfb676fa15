"""The panels in the settings of a space and of a board, and the question on the first-run page."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement

from host import Account, Board, SettingsPanel, User, _, may_administer, may_run
from plugins.entropy import own_clocks, period, preview
from plugins.entropy.duration import Unit
from plugins.entropy.form import CUSTOM, FOLLOW, NEVER, PRESETS, AccountForm, BoardForm, filled
from plugins.entropy.models import AccountEntropy, BoardEntropy
from plugins.entropy.period import Period, Source
from plugins.entropy.trail import trail


def read_account(account: Account) -> Mapping[str, Any]:
    chosen = period.of_account(account)
    return {**filled(chosen), "golden_stays": chosen.golden_stays}


def save_account(account: Account, values: Mapping[str, Any], _actor: User) -> None:
    AccountEntropy.choose(account, values["seconds"], golden_stays=values["golden_stays"])


def account_context(account: Account) -> Mapping[str, Any]:
    effect = _effect(Board.account_id == account.id)
    return {**_choices(period.of_account(account)), "effect": effect, "clocks": own_clocks.of_space(account)}


def read_board(board: Board) -> Mapping[str, Any]:
    chosen = period.of_board(board)
    return {**filled(chosen), **({} if chosen.source is Source.BOARD else {"period": FOLLOW})}


def save_board(board: Board, values: Mapping[str, Any], _actor: User) -> None:
    if values["follows"]:
        BoardEntropy.drop(board)
    else:
        BoardEntropy.choose(board, values["seconds"])


def board_context(board: Board) -> Mapping[str, Any]:
    follow = (FOLLOW, _("Like the space: %(period)s", period=period.of_account(board.account).words))
    choices = _choices(period.of_board(board))
    return {**choices, "options": [follow, *choices["options"]], "effect": _effect(Board.id == board.id)}


ACCOUNT = SettingsPanel(
    key="entropy",
    level="account",
    title=_("Entropy"),
    summary=_("Cards nobody touches move to Not now by themselves. Nothing is deleted, and any of them can come back."),
    icon="hourglass",
    form=AccountForm,
    read=read_account,
    save=save_account,
    template="entropy/account.html",
    context=account_context,
    allowed=lambda actor, _account: may_administer(actor),
    welcome="entropy/welcome.html",
)
BOARD = SettingsPanel(
    key="entropy",
    level="board",
    title=_("Entropy"),
    summary=_("After how long untouched cards of this board rest."),
    icon="hourglass",
    form=BoardForm,
    read=read_board,
    save=save_board,
    template="entropy/board.html",
    context=board_context,
    allowed=may_run,
)


def _choices(chosen: Period) -> dict[str, Any]:
    days = [(str(preset), Unit.DAYS.words(preset)) for preset in PRESETS]
    return {
        "options": [*days, (CUSTOM, _("Custom")), (NEVER, _("Never"))],
        "units": [(unit.value, unit.plural) for unit in Unit],
        "effective": chosen,
        "trail": trail(chosen.seconds) if chosen.seconds else [],
    }


def _effect(boards: ColumnElement[bool]) -> str:
    found = preview.due(boards)
    if not found:
        return _("Nothing rests at the next sweep.")
    return _("The next sweep rests %(tally)s.", tally=preview.tally_of(found))
