"""Pages of the plugin's own: letting a board follow its space again, a card stay awake, a resting one wake on a day."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields

from host import Form, Invalid, _, back_to, card_page, current_user, db, load_form, may_run, require
from plugins.entropy import stay, waking
from plugins.entropy.models import BoardEntropy
from plugins.entropy.proposal import only_fields

bp = Blueprint("entropy", __name__)

_no_day = _("Choose a day.")


class WakingForm(Form):
    date = fields.Date(required=True, error_messages={"required": _no_day, "invalid": _no_day, "null": _no_day})


@bp.post("/boards/<int:id>/period/delete")
def drop(id: int) -> ResponseReturnValue:  # noqa: A002
    board = current_user.board(id)
    require(may_run(current_user, board))
    BoardEntropy.drop(board)
    db.session.commit()
    return back_to("/settings/plugin/entropy/entropy")


@bp.post("/effect")
def consider() -> ResponseReturnValue:
    """For a browser without JavaScript: the panel with what was chosen, and what it would do."""
    return redirect(url_for("panels.account", plugin="entropy", key="entropy", **only_fields(request.form)), 303)


@bp.post("/boards/<int:id>/effect")
def consider_board(id: int) -> ResponseReturnValue:  # noqa: A002
    board, considered = current_user.board(id), only_fields(request.form)
    return redirect(url_for("panels.board", id=board.id, plugin="entropy", key="entropy", **considered), 303)


@bp.post("/cards/<int:number>/stay")
def create_stay(number: int) -> ResponseReturnValue:
    stay.stay(current_user.card(number), current_user)
    return _saved(number)


@bp.post("/cards/<int:number>/stay/delete")
def delete_stay(number: int) -> ResponseReturnValue:
    stay.may_rest_again(current_user.card(number), current_user)
    return _saved(number)


@bp.post("/cards/<int:number>/waking")
def create_waking(number: int) -> ResponseReturnValue:
    try:
        waking.wake_on(current_user.card(number), load_form(WakingForm)["date"], current_user)
    except Invalid as invalid:
        db.session.rollback()
        card = current_user.card(number)
        if card.postponement is None:  # somebody woke it meanwhile: its page has no field left to say it at
            flash(_("Only a resting card can wake."), "failed")
        return card_page(card, typed=request.form, errors=invalid.errors), invalid.status
    return _saved(number)


@bp.post("/cards/<int:number>/waking/delete")
def delete_waking(number: int) -> ResponseReturnValue:
    waking.let_rest(current_user.card(number), current_user)
    return _saved(number)


def _saved(number: int) -> ResponseReturnValue:
    db.session.commit()
    return back_to(f"/cards/{number}")
