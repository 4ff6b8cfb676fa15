"""Marking a board as a template: it is offered to whoever makes a new one."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from host.db import db
from host.i18n import _
from host.web.login import current_user
from host.web.runboards import run_by_me

bp = Blueprint("boardtemplates", __name__, url_prefix="/boards/<int:id>/template")


@bp.post("")
def create(id: int) -> ResponseReturnValue:  # noqa: A002
    run_by_me(id).offer(by=current_user)
    db.session.commit()
    flash(_("It is offered as a template now, to whoever sees it."))
    return redirect(url_for("boardsettings.edit", id=id), 303)


@bp.post("/delete")
def delete(id: int) -> ResponseReturnValue:  # noqa: A002
    run_by_me(id).withdraw(by=current_user)
    db.session.commit()
    flash(_("It is a template no more."))
    return redirect(url_for("boardsettings.edit", id=id), 303)
