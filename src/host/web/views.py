"""Saved views: a filter with a name, in each person's own navigation."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields
from sqlalchemy import select

from host.db import db
from host.errors import Invalid, Messages
from host.filters import Filter
from host.i18n import _
from host.models import Board, SavedView
from host.permissions import visible
from host.web.forms import Form, load_form
from host.web.login import current_user

bp = Blueprint("views", __name__, url_prefix="/views")


class ViewForm(Form):
    name = fields.Str(load_default="")
    query = fields.Str(load_default="")  # what the page asked for
    board = fields.Str(load_default="")  # the board whose columns it showed


@bp.get("/<int:id>")
def show(id: int) -> ResponseReturnValue:  # noqa: A002
    return redirect(address(SavedView.one(current_user, id)))


@bp.post("")
def create() -> ResponseReturnValue:
    try:
        given = load_form(ViewForm)
        asked = _asked(given)
        view = SavedView.keep(current_user, given["name"], asked.query, columned=bool(given["board"]))
    except Invalid as invalid:
        db.session.rollback()
        return _page(None, request.form, invalid.errors), invalid.status
    db.session.commit()
    flash(_("%(name)s is kept. It stands in the list of boards.", name=view.name))
    return redirect(address(view), 303)


@bp.get("/<int:id>/edit")
def edit(id: int) -> ResponseReturnValue:  # noqa: A002
    view = SavedView.one(current_user, id)
    return _page(view, {"name": view.name}, {})


@bp.post("/<int:id>")
def update(id: int) -> ResponseReturnValue:  # noqa: A002
    """Rename it."""
    view = SavedView.one(current_user, id)
    try:
        view.rename(load_form(ViewForm)["name"])
    except Invalid as invalid:
        db.session.rollback()
        return _page(SavedView.one(current_user, id), request.form, invalid.errors), invalid.status
    db.session.commit()
    flash(_("Saved."))
    return redirect(address(view), 303)


@bp.post("/<int:id>/filter")
def replace(id: int) -> ResponseReturnValue:  # noqa: A002
    """Have it ask for what the page asks for now."""
    view = SavedView.one(current_user, id)
    given = load_form(ViewForm)
    view.replace(_asked(given).query, columned=bool(given["board"]))
    db.session.commit()
    flash(_("%(name)s asks for this now.", name=view.name))
    return redirect(address(view), 303)


@bp.post("/<int:id>/delete")
def delete(id: int) -> ResponseReturnValue:  # noqa: A002
    view = SavedView.one(current_user, id)
    where, name = address(view, named=False), view.name
    view.delete()
    db.session.commit()
    flash(_("%(name)s is gone from your views.", name=name))
    return redirect(where, 303)


def address(view: SavedView, *, named: bool = True) -> str:
    """Where its cards are: its board's page, or all cards where it has none that can be seen (any more). `named` says
    in the address which view it is."""
    asked = Filter.kept(view.asked)
    words: dict[str, Any] = {"view": view.id} if named else {}
    board = next(iter(asked.asked.get("board", ())), None) if view.columned else None
    if board and db.session.scalar(select(Board.id).where(visible(Board, current_user), Board.id == int(board))):
        return url_for("boards.show", id=board, **(words | asked.put("board", ()).query))
    return url_for("allcards.index", **(words | asked.query))


def _asked(given: Mapping[str, Any]) -> Filter:
    asked = Filter.kept(parse_qs(given["query"]))
    shown = Filter.kept({"board": [given["board"]]}).asked.get("board", ())
    return asked.put("board", [str(current_user.board(int(id)).id) for id in shown]) if shown else asked  # noqa: A001


def _page(view: SavedView | None, values: Mapping[str, Any], errors: Messages) -> str:
    return render_template("filters/edit.html", view=view, values=values, errors=errors)
