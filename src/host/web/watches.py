"""Watching a card: hearing of its comments."""

from flask import Blueprint, json, url_for
from flask.typing import ResponseReturnValue

from host.db import db
from host.i18n import _
from host.web.forms import back_to, from_htmx
from host.web.login import current_user

bp = Blueprint("watches", __name__, url_prefix="/cards/<int:number>/watch")


@bp.post("")
def create(number: int) -> ResponseReturnValue:
    return _watch(number, watching=True)


@bp.post("/delete")
def delete(number: int) -> ResponseReturnValue:
    return _watch(number, watching=False)


@bp.post("/turn")
def turn(number: int) -> ResponseReturnValue:
    """The other way round, for whoever does not see which way it is, such as on a board."""
    return _watch(number, watching=not current_user.card(number).watched_by(current_user))


def _watch(number: int, *, watching: bool) -> ResponseReturnValue:
    current_user.card(number).watch(current_user, watching=watching)
    db.session.commit()
    if not from_htmx():
        return back_to(url_for("cards.show", number=number))
    yes, no = _("You watch card %(number)s.", number=number), _("You no longer watch card %(number)s.", number=number)
    return "", 204, {"HX-Trigger": json.dumps({"toast": yes if watching else no})}
