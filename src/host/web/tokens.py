"""Settings: the keys with which programs act for a person."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields
from sqlalchemy import select

from host.db import db
from host.errors import Invalid, NotFound
from host.i18n import _
from host.models import ApiToken
from host.models.token import Scope
from host.web.forms import Form, load_form
from host.web.login import current_user

bp = Blueprint("tokens", __name__, url_prefix="/settings/tokens")


class TokenForm(Form):
    name = fields.Str(load_default="")
    scope = fields.Enum(
        Scope, by_value=True, load_default=Scope.READ, error_messages={"unknown": _("Choose what it may do.")}
    )


@bp.get("")
def index() -> ResponseReturnValue:
    return _page()


@bp.post("")
def create() -> ResponseReturnValue:
    """No redirect: this answer is the one time that the token is shown."""
    try:
        given = load_form(TokenForm)
        text = ApiToken.create(current_user, name=given["name"], scope=given["scope"])
    except Invalid as invalid:
        return _page(values=request.form, errors=invalid.errors), invalid.status
    db.session.commit()
    return _page(fresh=text)


@bp.post("/<int:id>/delete")
def delete(id: int) -> ResponseReturnValue:  # noqa: A002
    token = db.session.scalars(select(ApiToken).filter_by(id=id, user_id=current_user.id)).first()
    if token is None:
        raise NotFound(_("There is no such token of yours."))
    db.session.delete(token)
    db.session.commit()
    return redirect(url_for("tokens.index"), 303)


def _page(**more: Any) -> str:
    own = db.session.scalars(select(ApiToken).filter_by(user_id=current_user.id).order_by(ApiToken.id)).all()
    return render_template("settings/tokens.html", tokens=own, **{"values": {}, "errors": {}, "fresh": None, **more})
