"""Joining a space by an invitation."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields, validate

from host.db import db
from host.errors import Invalid, Messages
from host.i18n import _
from host.models import Invitation
from host.web.forms import Form, load_form
from host.web.login import current_user, public, sign_in, signed_in

bp = Blueprint("joins", __name__, url_prefix="/join/<key>")

NEEDED = validate.Length(1, error=_("This needs to be filled in."))


class JoinForm(Form):
    name = fields.Str(load_default="", validate=NEEDED)
    email = fields.Str(load_default="", validate=NEEDED)
    password = fields.Str(load_default="", validate=NEEDED)


@bp.get("")
@public
def new(key: str) -> ResponseReturnValue:
    invitation = Invitation.find(key)
    if signed_in() and current_user.account_id == invitation.account_id:
        return redirect(url_for("home.show"))
    return _page(invitation, {}, {})


@bp.post("")
@public
def create(key: str) -> ResponseReturnValue:
    try:
        person = Invitation.find(key).redeem(**load_form(JoinForm))
    except Invalid as invalid:
        db.session.rollback()
        return _page(Invitation.find(key), request.form, invalid.errors), invalid.status
    db.session.commit()
    sign_in(person)
    return redirect(url_for("home.show"), 303)


def _page(invitation: Invitation, values: Mapping[str, Any], errors: Messages) -> str:
    return render_template("join.html", invitation=invitation, values=values, errors=errors)
