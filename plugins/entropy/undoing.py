"""The newest sweeps in the space's settings, and the page that undoes one."""

from collections.abc import Sequence

from flask import Blueprint, flash
from flask.typing import ResponseReturnValue

from host import Account, _, back_to, current_account, current_user, db, may_administer, ngettext, require
from plugins.entropy.run import Run

SHOWN = 10
SETTINGS = "/settings/plugin/entropy/entropy"

bp = Blueprint("entropy_runs", __name__)


def shown(account: Account) -> Sequence[Run]:
    return db.session.scalars(Run.newest(account).limit(SHOWN)).all()


@bp.post("/sweeps/<int:id>/undo")
def undo(id: int) -> ResponseReturnValue:  # noqa: A002
    require(may_administer(current_user))
    run = Run.of(current_account, id)
    run.undo(current_user)
    db.session.commit()
    flash(said(run))
    return back_to(SETTINGS)


def said(run: Run) -> str:
    """What became of an undo."""
    if not run.put_back:
        return _("Nothing to put back: every card has been touched since.")
    return ngettext("%(n)s card is back where it was.", "%(n)s cards are back where they were.", run.put_back)
