"""Settings: who is in the space."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields, validate

from host.db import db
from host.errors import Invalid, Messages
from host.i18n import _
from host.models import Role, User
from host.permissions import may_administer, require
from host.web.forms import Form, load_form
from host.web.login import current_account, current_user

bp = Blueprint("people", __name__, url_prefix="/settings/people")


class PersonForm(Form):
    name = fields.Str(load_default="")
    email = fields.Str(required=True, validate=validate.Length(1, error=_("They sign in with their address.")))
    password = fields.Str(required=True)
    role = fields.Str(load_default="member", validate=validate.OneOf(["member", "admin"], error=_("Choose a role.")))


@bp.get("")
def index() -> ResponseReturnValue:
    return _page({}, {})


@bp.post("")
def create() -> ResponseReturnValue:
    require(may_administer(current_user))
    try:
        given = load_form(PersonForm)
        person = User.join(current_account, **{**given, "role": Role(given["role"])})
    except Invalid as invalid:
        db.session.rollback()
        return _page(request.form, invalid.errors), invalid.status
    db.session.commit()
    flash(_("%(name)s can sign in now.", name=person.name))
    return redirect(url_for("people.index"), 303)


def _page(values: Mapping[str, Any], errors: Messages) -> str:
    return render_template("settings/people.html", people=current_account.people, values=values, errors=errors)
