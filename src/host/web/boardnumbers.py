"""Which card somebody may mean who has begun to type `#` on a card of a board."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from host.i18n import ngettext
from host.models.card.called import cards_called
from host.web.login import current_user

MOST = 8

bp = Blueprint("boardnumbers", __name__)


@bp.get("/boards/<int:id>/numbers")
def index(id: int) -> ResponseReturnValue:  # noqa: A002
    """A list to choose from; nothing (204) where no card is called so. Cards of other boards come last."""
    board = current_user.board(id)
    cards = cards_called(request.args.get("q", ""), current_user, near=board, most=MOST)
    if not cards:
        return "", 204
    said = ngettext("%(n)s card. Enter takes its number.", "%(n)s cards. Arrow keys choose, Enter takes.", len(cards))
    return render_template("boards/_numbers.html", board=board, cards=cards, said=said)
