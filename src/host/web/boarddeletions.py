"""Removing a board, after a look at what goes with it."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from host.db import db
from host.i18n import _
from host.models import Board, Card, Comment
from host.models.card import PLACED
from host.web.login import current_user
from host.web.runboards import run_by_me_or_archived

bp = Blueprint("boarddeletions", __name__, url_prefix="/boards/<int:id>/deletion")


@dataclass(frozen=True)
class Contents:
    """What goes with a board."""

    cards: int
    comments: int
    columns: int


@bp.get("")
def new(id: int) -> ResponseReturnValue:  # noqa: A002
    board = run_by_me_or_archived(id)
    return render_template("boards/deletion.html", board=board, contents=_contents(board))


@bp.post("")
def create(id: int) -> ResponseReturnValue:  # noqa: A002
    board = run_by_me_or_archived(id)
    name = board.name
    board.delete(by=current_user)
    db.session.commit()
    flash(_("%(name)s is gone, with all its cards.", name=name))
    return redirect(url_for("boards.index"), 303)


def _contents(board: Board) -> Contents:
    """Index: ix_card_board_id_place_column_id_last_active_at, ix_comment_card_id."""
    cards = select(func.count()).where(Card.board_id == board.id, Card.place.in_(PLACED))
    comments = select(func.count(Comment.id)).join(Card, Card.id == Comment.card_id).where(Card.board_id == board.id)
    return Contents(db.session.scalar(cards) or 0, db.session.scalar(comments) or 0, len(board.columns))
