"""Links by which people join the space: made, begun anew and taken back by admins."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields

from host.db import db
from host.errors import Invalid
from host.i18n import _
from host.models import Invitation
from host.permissions import may_administer, require
from host.web import people
from host.web.forms import Form, load_form
from host.web.login import current_account, current_user

bp = Blueprint("invitations", __name__, url_prefix="/settings/people/invitations")



class InvitationForm(Form):
    uses = fields.Int(load_default=10, error_messages={"invalid": _("This takes a number.")})
    days = fields.Int(load_default=14, error_messages={"invalid": _("This takes a number.")})


@bp.post("")
def create() -> ResponseReturnValue:
    require(may_administer(current_user))
    try:
        Invitation.create(by=current_user, **load_form(InvitationForm))
    except Invalid as invalid:
        db.session.rollback()
        return people.page(request.form, invalid.errors), invalid.status
    db.session.commit()
    flash(_("Hand the link on to whom you want here."))
    return redirect(url_for("people.index"), 303)


@bp.post("/<int:id>/reset")
def reset(id: int) -> ResponseReturnValue:  # noqa: A002
    _mine(id).reset(by=current_user)
    db.session.commit()
    flash(_("There is a new link; the old one leads nowhere."))
    return redirect(url_for("people.index"), 303)


@bp.post("/<int:id>/delete")
def delete(id: int) -> ResponseReturnValue:  # noqa: A002
    _mine(id).revoke(by=current_user)
    db.session.commit()
    flash(_("The invitation is taken back."))
    return redirect(url_for("people.index"), 303)


def _mine(id: int) -> Invitation:  # noqa: A002
    found = Invitation.one(current_account, id)
    require(may_administer(current_user))
    return found
