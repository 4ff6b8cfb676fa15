"""The panels in the settings of a space and of a board, and the question on the first-run page."""

from collections.abc import Mapping, Sequence
from typing import Any

from host import Account, Board, SettingsPanel, User, _, may_administer, may_run
from plugins.entropy import own_clocks, period, preview, undoing
from plugins.entropy.age_picture import AgePicture
from plugins.entropy.duration import Unit
from plugins.entropy.form import CUSTOM, FOLLOW, NEVER, PRESETS, AccountForm, BoardForm, filled
from plugins.entropy.models import AccountEntropy, BoardEntropy
from plugins.entropy.period import Period, Source
from plugins.entropy.preview import Due
from plugins.entropy.proposal import Proposal
from plugins.entropy.trail import trail


def read_account(account: Account) -> Mapping[str, Any]:
    if proposal := Proposal.for_account():
        return proposal.typed
    chosen = period.of_account(account)
    return {**filled(chosen), "golden_stays": chosen.golden_stays}


def save_account(account: Account, values: Mapping[str, Any], _actor: User) -> None:
    AccountEntropy.choose(account, values["seconds"], golden_stays=values["golden_stays"])


def account_context(account: Account) -> Mapping[str, Any]:
    chosen, proposal = period.of_account(account), Proposal.for_account()
    if proposal:
        shown = _proposed(proposal, proposal.seconds, proposal.due_in_space(account) if proposal.loaded else [])
    else:
        shown = _saved(chosen, preview.due(Board.account_id == account.id))
    lists = {"clocks": own_clocks.of_space(account), "runs": undoing.shown(account)}
    return {**_choices(), **shown, "effective": chosen, **lists}


def read_board(board: Board) -> Mapping[str, Any]:
    if proposal := Proposal.for_board():
        return proposal.typed
    chosen = period.of_board(board)
    return {**filled(chosen), **({} if chosen.source is Source.BOARD else {"period": FOLLOW})}


def save_board(board: Board, values: Mapping[str, Any], _actor: User) -> None:
    if values["follows"]:
        BoardEntropy.drop(board)
    else:
        BoardEntropy.choose(board, values["seconds"])


def board_context(board: Board) -> Mapping[str, Any]:
    space, proposal = period.of_account(board.account), Proposal.for_board()
    if proposal:
        seconds = space.seconds if proposal.loaded.get("follows") else proposal.seconds
        shown = _proposed(proposal, seconds, proposal.due_on_board(board) if proposal.loaded else [])
    else:
        shown = _saved(period.of_board(board), preview.due(Board.id == board.id))
    choices = _choices()
    follow = (FOLLOW, _("Like the space: %(period)s", period=space.words))
    return {**choices, **shown, "options": [follow, *choices["options"]], "board": board, "age": AgePicture.of(board)}


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


def _choices() -> dict[str, Any]:
    days = [(str(preset), Unit.DAYS.words(preset)) for preset in PRESETS]
    return {
        "options": [*days, (CUSTOM, _("Custom")), (NEVER, _("Never"))],
        "units": [(unit.value, unit.plural) for unit in Unit],
    }


def _saved(chosen: Period, due: Sequence[Due]) -> dict[str, Any]:
    """What holds now."""
    effect = (
        _("The next sweep rests %(tally)s.", tally=preview.tally_of(due))
        if due
        else _("Nothing rests at the next sweep.")
    )
    return {**_life(chosen.seconds), "effect": effect}


def _proposed(proposal: Proposal, seconds: int | None, due: Sequence[Due]) -> dict[str, Any]:
    """What would hold."""
    if proposal.errors:
        wrong = [text for texts in proposal.errors.values() for text in texts]
        return {**_life(None), "effect": " ".join(wrong), "errors": proposal.errors}
    effect = (
        _("With this, the next sweep would rest %(tally)s.", tally=preview.tally_of(due))
        if due
        else _("With this, nothing would rest at the next sweep.")
    )
    return {**_life(seconds), "effect": effect}


def _life(seconds: int | None) -> dict[str, Any]:
    return {"trail": trail(seconds) if seconds else [], "over": Period(seconds).words}
