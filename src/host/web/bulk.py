"""One action on the cards that are marked on a board, and its undo."""

from collections.abc import Callable, Sequence

from flask import Blueprint, flash, request, url_for
from flask.typing import ResponseReturnValue

from host.db import db
from host.errors import Invalid, NotFound
from host.i18n import _, ngettext
from host.models import Board, BulkAction, Card
from host.models.bulk_action import cards_numbered
from host.models.typed import row_id
from host.web.forms import back_to
from host.web.login import current_account, current_user
from host.web.undo import flash_undo

bp = Blueprint("bulk", __name__)

Do = Callable[[Sequence[Card], Board, str], BulkAction]


@bp.post("/boards/<int:id>/bulk")
def create(id: int) -> ResponseReturnValue:  # noqa: A002
    """`do` is a word, with what it is about behind a colon: `close`, `postpone`, `move:maybe`, `move:12`, `assign:5`,
    `tag` (then `tag` has the title); `card` are the numbers."""
    board = current_user.board(id)
    verb, _between, what = request.form.get("do", "").partition(":")
    marked = [number for text in request.form.getlist("card") if (number := row_id(text))]
    address = url_for("boards.show", id=id)
    if not marked or verb not in DO:
        flash(_("Mark some cards first, then say what to do with them."), "failed")
        return back_to(address)
    try:
        done = DO[verb](_on(board, marked), board, what)
    except Invalid as invalid:
        db.session.rollback()
        flash(" ".join(message for messages in invalid.errors.values() for message in messages), "failed")
        return back_to(address)
    db.session.commit()
    _say(done)
    return back_to(address)


@bp.post("/bulk/<int:id>/undo")
def undo(id: int) -> ResponseReturnValue:  # noqa: A002
    done = BulkAction.one(current_user, id)
    total, boards = done.count, {line["before"]["board_id"] for line in done.changes}
    try:
        back = done.undo()
    except Invalid as invalid:
        db.session.rollback()
        flash(" ".join(invalid.errors["undo"]), "failed")
        return back_to("/")
    db.session.commit()
    said = ngettext("One card is as it was.", "%(n)s cards are as they were.", back)
    left = ngettext("One was touched since and stays.", "%(n)s were touched since and stay.", total - back)
    flash(f"{said} {left}" if back < total else said)
    return back_to(url_for("boards.show", id=min(boards)) if boards else "/")


def _on(board: Board, numbers: Sequence[int]) -> Sequence[Card]:
    """Those of this board. Raises NotFound where there is none."""
    cards = [card for card in cards_numbered(numbers, current_user) if card.board_id == board.id]
    if not cards:
        raise NotFound(_("There are no such cards."))
    return cards


def _move(cards: Sequence[Card], board: Board, to: str) -> BulkAction:
    column = None if to == "maybe" else board.column(row_id(to))
    return BulkAction.move(cards, column, current_user)


def _assign(cards: Sequence[Card], _board: Board, person: str) -> BulkAction:
    return BulkAction.assign(cards, current_account.person(row_id(person)), current_user)


DO: dict[str, Do] = {
    "close": lambda cards, _board, _what: BulkAction.close(cards, current_user),
    "postpone": lambda cards, _board, _what: BulkAction.postpone(cards, current_user),
    "tag": lambda cards, _board, _what: BulkAction.tag(cards, request.form.get("tag", ""), current_user),
    "move": _move,
    "assign": _assign,
}


def _say(done: BulkAction) -> None:
    if done.count:
        words = ngettext("One card is changed.", "%(n)s cards are changed.", done.count)
        flash_undo(words, url_for("bulk.undo", id=done.id))
    else:
        flash(_("They are so already."))
