"""Watching a card: hearing of its comments."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from host.db import db
from host.web.forms import back_to
from host.web.login import current_user

bp = Blueprint("watches", __name__, url_prefix="/cards/<int:number>/watch")


@bp.post("")
def create(number: int) -> ResponseReturnValue:
    return _watch(number, watching=True)


@bp.post("/delete")
def delete(number: int) -> ResponseReturnValue:
    return _watch(number, watching=False)


def _watch(number: int, *, watching: bool) -> ResponseReturnValue:
    current_user.card(number).watch(current_user, watching=watching)
    db.session.commit()
    return back_to(url_for("cards.show", number=number))
