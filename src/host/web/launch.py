"""The one-time address that the program opens or prints: it signs the owner in, or leads to the first-run page."""

from flask import Blueprint, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from host.db import db
from host.errors import Forbidden
from host.i18n import _
from host.models import Account, LaunchToken, Role, User
from host.web.login import public, sign_in

bp = Blueprint("launch", __name__)


@bp.get("/launch/<token>")
@public
def show(token: str) -> ResponseReturnValue:
    if request.method == "HEAD":  # a look ahead must not use the address up
        return ""
    if not LaunchToken.redeem(token):
        raise Forbidden(_("This address opens Fallow once, within ten minutes. Start Fallow again for a fresh one."))
    if not Account.any():
        return _to_first_run()
    return _as_owner()


def _to_first_run() -> ResponseReturnValue:
    db.session.commit()
    session["may_welcome"] = True
    return redirect(url_for("welcome.show"))


def _as_owner() -> ResponseReturnValue:
    owners = select(User).filter_by(role=Role.OWNER, active=True).order_by(User.id).limit(1)
    owner = db.session.scalars(owners).first()
    if owner is None:
        raise Forbidden(_("No space here has an active owner. “fallow user list” shows who there is."))
    sign_in(owner)
    session["desktop"] = True
    return redirect(url_for("home.show"))
