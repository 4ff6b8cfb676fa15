"""What a board is called and looks like, and who sees it: for those who run it."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields, validate

from host.db import LARGEST, db
from host.errors import Invalid, Messages
from host.i18n import _
from host.models import Board
from host.models.overtaken import Overtaken
from host.models.typed import row_id
from host.models.user import HUES
from host.web.forms import Form, Listed, load_form
from host.web.login import current_account, current_user
from host.web.panels import board_links
from host.web.runboards import run_by_me

bp = Blueprint("boardsettings", __name__, url_prefix="/boards/<int:id>")

WHO = validate.OneOf(["all", "some"], error=_("Choose who sees it."))
PERSON = validate.Range(1, LARGEST)


class BoardForm(Form):
    """Without `access` nobody's access changes; with "some", `people` is the complete list. `was` is the version of the
    words that these were made from."""

    name = fields.Str()
    description = fields.Str()
    was = fields.Str(load_default="")
    hue = fields.Str()
    access = fields.Str(validate=WHO)
    people = Listed(fields.Int(validate=PERSON), load_default=list)


@bp.get("/edit")
def edit(id: int) -> ResponseReturnValue:  # noqa: A002
    board = run_by_me(id)
    values = {"name": board.name, "description": board.description, "hue": board.hue}
    access = "all" if board.all_access else "some"
    return _page(board, {**values, "access": access}, {person.id for person in board.people}, {})


@bp.post("")
def update(id: int) -> ResponseReturnValue:  # noqa: A002
    board = run_by_me(id)
    try:
        given = load_form(BoardForm)
        board.change(given, by=current_user, was=given["was"])
        _share(board, given)
    except Overtaken as overtaken:
        db.session.rollback()
        return _overtaken(run_by_me(id), overtaken)
    except Invalid as invalid:
        db.session.rollback()
        return _page(run_by_me(id), request.form, _ticked(), invalid.errors), invalid.status
    db.session.commit()
    flash(_("Saved."))
    still_mine = board.id in db.session.scalars(current_user.boards.with_only_columns(Board.id)).all()
    return redirect(url_for("boards.show", id=id) if still_mine else url_for("home.show"), 303)


def _overtaken(board: Board, overtaken: Overtaken) -> ResponseReturnValue:
    """Both texts: the one as it stands, and below it what was typed, which may be saved all the same."""
    errors = {"words": [overtaken.message, _("Take over what you want to keep, then save again.")]}
    typed = {**request.form, "was": board.words_version}
    return _page(board, typed, _ticked(), errors), HTTPStatus.UNPROCESSABLE_ENTITY


def _ticked() -> set[int]:
    return {row_id(each) for each in request.form.getlist("people")}


def _share(board: Board, given: Mapping[str, Any]) -> None:
    if given.get("access") == "all":
        board.open_to_all(by=current_user)
    elif given.get("access") == "some":
        board.open_to(current_account.people_by_id(given["people"]), by=current_user)


def _page(board: Board, values: Mapping[str, Any], chosen: set[int], errors: Messages) -> str:
    return render_template(
        "boards/edit.html",
        board=board,
        values=values,
        people=current_account.people,
        chosen=chosen,
        errors=errors,
        hues=HUES,
        panels=board_links(board),
    )
