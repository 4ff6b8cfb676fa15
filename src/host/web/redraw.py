"""What a change of a card answers: the touched columns for a board on the screen, else a way back."""

from collections.abc import Iterable

from flask import Response, json, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from host.models import Board, Card, Place
from host.web import slots
from host.web.boardview import BoardView
from host.web.forms import back_to, from_htmx
from host.web.login import current_user


def column_key(card: Card) -> str:
    """The key of the column where the card lies."""
    return str(card.column_id) if card.place is Place.COLUMN else card.place.value


def redraw(card: Card, before: str, said: str) -> ResponseReturnValue:
    """After a change: `before` is the key of the column where the card lay, `said` what a screen reader hears."""
    if not from_htmx():
        return back_to(url_for("cards.show", number=card.number))
    return columns(card.board, [before, column_key(card)], said)


def columns(board: Board, keys: Iterable[str], said: str) -> Response:
    """These columns and the banner, to be swapped where they stand."""
    view = BoardView(board, current_user)
    drawn = [view.opened(key) for key in dict.fromkeys(keys)]
    answer = make_response(render_template("boards/_changed.html", columns=drawn, banners=slots.banners(board)))
    answer.headers["HX-Trigger"] = json.dumps({"announce": said})
    answer.headers["HX-Reswap"] = "none"
    return answer
