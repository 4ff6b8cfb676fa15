"""Settings: whether a letter alone does something."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields

from host.db import db
from host.i18n import _
from host.web.forms import Form, load_form
from host.web.login import current_user

bp = Blueprint("keyboards", __name__)


class KeysForm(Form):
    single_keys = fields.Bool(load_default=False)  # a switch that is off is not sent


@bp.post("/settings/you/keys")
def update() -> ResponseReturnValue:
    current_user.use_single_keys(load_form(KeysForm)["single_keys"])
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for("profile.show"), 303)
