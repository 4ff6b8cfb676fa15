"""The public link of a board: given out and revoked by who runs it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from host.db import db
from host.i18n import _
from host.web.login import current_user
from host.web.runboards import run_by_me

bp = Blueprint("publications", __name__, url_prefix="/boards/<int:id>/publication")


@bp.get("")
def show(id: int) -> ResponseReturnValue:  # noqa: A002
    return render_template("boards/publication.html", board=run_by_me(id))


@bp.post("")
def create(id: int) -> ResponseReturnValue:  # noqa: A002
    run_by_me(id).publish(by=current_user)
    db.session.commit()
    return redirect(url_for("publications.show", id=id), 303)


@bp.post("/delete")
def delete(id: int) -> ResponseReturnValue:  # noqa: A002
    run_by_me(id).unpublish(by=current_user)
    db.session.commit()
    flash(_("The link is revoked. Nobody gets in by it any more."))
    return redirect(url_for("publications.show", id=id), 303)
