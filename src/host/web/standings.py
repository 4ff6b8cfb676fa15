"""What somebody is in the space: their role, ownership, and whether they are still here."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields, validate

from host.db import db
from host.i18n import _
from host.models import Role, User
from host.permissions import may_appoint, may_dismiss, may_hand_over, may_readmit, require
from host.web.forms import Form, load_form
from host.web.login import current_account, current_user, sign_out

bp = Blueprint("standings", __name__, url_prefix="/settings/people/<int:id>")


class RoleForm(Form):
    role = fields.Str(required=True, validate=validate.OneOf(["member", "admin"], error=_("Choose a role.")))


@bp.get("")
def show(id: int) -> ResponseReturnValue:  # noqa: A002
    person = current_account.person(id)
    may = {
        "appoint": may_appoint(current_user, person),
        "dismiss": may_dismiss(current_user, person),
        "readmit": may_readmit(current_user, person),
        "hand_over": may_hand_over(current_user, person),
    }
    require(any(may.values()))
    return render_template("settings/person.html", person=person, may=may)


@bp.post("/role")
def update(id: int) -> ResponseReturnValue:  # noqa: A002
    person = _who(id, may_appoint)
    person.appoint(Role(load_form(RoleForm)["role"]), by=current_user)
    return _done(_("Saved."))


@bp.post("/deactivation")
def dismiss(id: int) -> ResponseReturnValue:  # noqa: A002
    person = _who(id, may_dismiss)
    themself = person.id == current_user.id
    person.dismiss(by=current_user)
    if not themself:
        return _done(_("%(name)s is no longer here. What they did stays.", name=person.name))
    db.session.commit()
    sign_out()
    return redirect(url_for("sessions.new"), 303)


@bp.post("/deactivation/delete")
def readmit(id: int) -> ResponseReturnValue:  # noqa: A002
    person = _who(id, may_readmit)
    person.readmit(by=current_user)
    return _done(_("%(name)s may sign in again.", name=person.name))


@bp.post("/ownership")
def hand_over(id: int) -> ResponseReturnValue:  # noqa: A002
    person = _who(id, may_hand_over)
    current_user.hand_over(person)
    return _done(_("%(name)s owns the space now; you are an admin.", name=person.name))


def _who(id: int, may: Callable[[User, User], bool]) -> User:  # noqa: A002
    person = current_account.person(id)
    require(may(current_user, person))
    return person


def _done(said: str) -> ResponseReturnValue:
    db.session.commit()
    flash(said)
    return redirect(url_for("people.index"), 303)
