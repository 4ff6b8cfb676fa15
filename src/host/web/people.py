"""Settings: who is in the space."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields, validate

from host.db import db
from host.errors import Invalid, Messages
from host.i18n import _
from host.models import Invitation, Role, User
from host.permissions import may_administer, may_appoint, may_dismiss, may_hand_over, require
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
    return page({}, {})


@bp.post("")
def create() -> ResponseReturnValue:
    require(may_administer(current_user))
    try:
        given = load_form(PersonForm)
        person = User.join(current_account, **{**given, "role": Role(given["role"])})
        person.came(by=current_user)
    except Invalid as invalid:
        db.session.rollback()
        return page(request.form, invalid.errors), invalid.status
    db.session.commit()
    flash(_("%(name)s can sign in now.", name=person.name))
    return redirect(url_for("people.index"), 303)


def page(values: Mapping[str, Any], errors: Messages) -> str:
    """The people and the ways in; `values` and `errors` bring back what was refused."""
    people = current_account.people
    return render_template(
        "settings/people.html",
        people=people,
        gone=current_account.gone,
        touchable={person.id for person in people if _may_touch(person)},
        invitations=[each for each in Invitation.of(current_account) if each.open],
        values=values,
        errors=errors,
    )


def _may_touch(person: User) -> bool:
    may = (may_appoint, may_dismiss, may_hand_over)
    return any(each(current_user, person) for each in may)
