"""Removing by hand, from the panel."""

from flask import Blueprint, flash, request
from flask.typing import ResponseReturnValue

from host import _, back_to, current_user, db, may_operate, require
from plugins.cleanup.removing import begin
from plugins.cleanup.standing import Standing

SETTINGS = "/settings/plugin/cleanup/cleanup"

bp = Blueprint("cleanup", __name__)


@bp.post("/removals")
def remove() -> ResponseReturnValue:
    """What the rule gives up by what was saved, in a job."""
    require(may_operate(current_user))
    standing = Standing.named(request.form.get("rule", ""))
    begin(standing)
    db.session.commit()
    flash(_("Being removed: %(rule)s.", rule=standing.title))
    return back_to(SETTINGS)
