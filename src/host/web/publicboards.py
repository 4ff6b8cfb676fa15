"""A board as anybody reads it who has its public link: without signing in or comments, and not for search engines."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from host.db import db
from host.errors import NotFound
from host.i18n import _
from host.models import Card, Publication
from host.models.card import PLACED
from host.text import rendered
from host.web.login import public
from host.web.publicview import PublicView

MOST = 2**31  # no board has so many cards, and no database takes a number without end

bp = Blueprint("publicboards", __name__, url_prefix="/public/boards/<key>")


@bp.after_request
def hide(response: Response) -> Response:
    """From search engines; that a link in a description tells nobody the key, the Referrer-Policy sees to."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@bp.get("")
@public
def show(key: str) -> ResponseReturnValue:
    found = Publication.find(key)
    about = rendered(found.board.description)
    return render_template("public/board.html", board=found.board, view=PublicView(found), about=about)


@bp.get("/columns/<column>")
@public
def column(key: str, column: str) -> ResponseReturnValue:
    """The cards that follow the first ones."""
    found = Publication.find(key)
    after = min(max(0, request.args.get("after", 0, type=int)), MOST)
    view = PublicView(found)
    return render_template("public/column.html", board=view.board, column=view.further(column, after), key=key)


@bp.get("/cards/<int:number>")
@public
def card(key: str, number: int) -> ResponseReturnValue:
    board = Publication.find(key).board
    here = select(Card).where(Card.board_id == board.id, Card.number == number, Card.place.in_(PLACED))
    card = db.session.scalars(here).first()
    if card is None:
        raise NotFound(_("There is no card %(number)s on this board.", number=number))
    words = rendered(card.description)
    return render_template("public/card.html", board=board, card=card, description=words, key=key)
