"""What a change of a card answers: the touched columns for a board on the screen, else a way back."""

from collections.abc import Iterable
from dataclasses import replace

from flask import Response, json, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from host.models import Card, Place
from host.web import slots
from host.web.boardview import BoardView
from host.web.forms import back_to, from_htmx
from host.web.login import current_user
from host.web.narrowing import narrowing


def column_key(card: Card) -> str:
    """The key of the column where the card lies."""
    return str(card.column_id) if card.place is Place.COLUMN else card.place.value


def redraw(card: Card, before: str, said: str, *, place: int = 0) -> ResponseReturnValue:
    """After a change: `before` is the key of the column where the card lay, `said` what a screen reader hears; with its
    `place` from the top the card is shown however far down it lies."""
    if not from_htmx():
        return back_to(url_for("cards.show", number=card.number))
    view = BoardView(card.board, current_user, narrowing=narrowing(current_user))
    view.reach(column_key(card), place)
    return columns(view, [before, column_key(card)], said)


def columns(view: BoardView, keys: Iterable[str], said: str, **more: object) -> Response:
    """These columns and the banner, to be swapped where they stand."""
    drawn = [replace(view.opened(key), swapped=True) for key in dict.fromkeys(keys)]
    banners = slots.banners(view.board)
    answer = make_response(render_template("boards/_changed.html", view=view, columns=drawn, banners=banners, **more))
    answer.headers["HX-Trigger"] = json.dumps({"announce": said})
    answer.headers["HX-Reswap"] = "none"
    return answer
