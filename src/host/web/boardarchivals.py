"""Laying a board in the archive, and bringing it back."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from host.db import db
from host.i18n import _
from host.permissions import may_run
from host.web.login import current_user
from host.web.runboards import run_by_me, run_by_me_or_archived

bp = Blueprint("boardarchivals", __name__)


@bp.get("/archive")
def index() -> ResponseReturnValue:
    boards = db.session.scalars(current_user.archived_boards).all()
    mine = {board.id for board in boards if may_run(current_user, board)}
    return render_template("boards/archive.html", lines=boards, mine=mine)


@bp.post("/boards/<int:id>/archival")
def create(id: int) -> ResponseReturnValue:  # noqa: A002
    board = run_by_me(id)
    board.archive(by=current_user)
    db.session.commit()
    flash(_("%(name)s lies in the archive.", name=board.name))
    return redirect(url_for("boards.index"), 303)


@bp.post("/boards/<int:id>/archival/delete")
def delete(id: int) -> ResponseReturnValue:  # noqa: A002
    board = run_by_me_or_archived(id)
    board.unarchive(by=current_user)
    db.session.commit()
    flash(_("%(name)s is back.", name=board.name))
    return redirect(url_for("boards.show", id=id), 303)
