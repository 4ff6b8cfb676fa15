"""Whom somebody may mean who has begun to type `@` on a card of a board."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from host.i18n import ngettext
from host.web.login import current_user

MOST = 8

bp = Blueprint("boardpeople", __name__)


@bp.get("/boards/<int:id>/people")
def index(id: int) -> ResponseReturnValue:  # noqa: A002
    """A list to choose from; nothing (204) where nobody is called so."""
    people = current_user.board(id).people_called(request.args.get("q", ""), most=MOST)
    if not people:
        return "", 204
    said = ngettext("%(n)s person. Enter takes the name.", "%(n)s people. Arrow keys choose, Enter takes.", len(people))
    return render_template("boards/_people.html", people=people, said=said)
