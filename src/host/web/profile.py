"""Settings: what others see of somebody, how they are mentioned, and whose clocks they go by."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields

from host.db import db
from host.errors import Invalid, Messages
from host.i18n import _
from host.web.forms import Form, load_form
from host.web.login import current_user
from host.zones import zone_names

bp = Blueprint("profile", __name__, url_prefix="/settings/you")


class ProfileForm(Form):
    name = fields.Str(load_default="")
    handle = fields.Str(load_default="")
    zone = fields.Str(load_default="")


@bp.get("")
def show() -> ResponseReturnValue:
    return _page({"name": current_user.name, "handle": current_user.handle, "zone": current_user.zone}, {})


@bp.post("")
def update() -> ResponseReturnValue:
    try:
        current_user.introduce(load_form(ProfileForm))
    except Invalid as invalid:
        db.session.rollback()
        return _page(request.form, invalid.errors), invalid.status
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for("profile.show"), 303)


def _page(values: Mapping[str, Any], errors: Messages) -> str:
    zones = [("", _("That of the computer Fallow runs on")), *((name, name) for name in zone_names())]
    return render_template("settings/you.html", values=values, errors=errors, zones=zones)
