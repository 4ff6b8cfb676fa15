"""The newest sweeps in the space's settings, and the page that undoes one."""

from collections.abc import Sequence

from flask import Blueprint, flash
from flask.typing import ResponseReturnValue

from host import Account, Job, _, back_to, current_account, current_user, db, may_administer, ngettext, require
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
    others = run.undo(current_user)
    db.session.commit()
    flash(said(run, others))
    return back_to(SETTINGS)


def said(run: Run, others: Job | None) -> str:
    """What became of an undo; a job may still have to put back others."""
    if others is not None:
        return _("The cards go back where they were, %(n)s so far.", n=f"{run.put_back:,}")
    if not run.put_back:
        return _("Nothing to put back: each card has been touched since, or lies in the archive.")
    return ngettext("%(n)s card is back where it was.", "%(n)s cards are back where they were.", run.put_back)
