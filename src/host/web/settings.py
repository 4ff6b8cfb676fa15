"""Settings: the shell, and the host's own pages in it."""

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields, validate

from host.db import db
from host.errors import Invalid
from host.i18n import _
from host.models import ApiToken, Role, User
from host.models.token import Scope
from host.permissions import may_administer, may_operate, require
from host.web import panels
from host.web.forms import Form, load_form
from host.web.login import current_account, current_user

bp = Blueprint("settings", __name__, url_prefix="/settings")


class SpaceForm(Form):
    name = fields.Str(
        required=True, validate=validate.Length(1, 120, error=_("A space needs a name of at most 120 characters."))
    )


class PersonForm(Form):
    name = fields.Str(required=True, validate=validate.Length(1, 120, error=_("Everybody needs a name.")))
    email = fields.Email(required=True, error_messages={"invalid": _("This is no e-mail address.")})
    password = fields.Str(required=True)
    role = fields.Str(load_default="member", validate=validate.OneOf(["member", "admin"]))


class TokenForm(Form):
    name = fields.Str(required=True, validate=validate.Length(1, 120, error=_("Say what the token is for.")))
    scope = fields.Enum(Scope, by_value=True, load_default=Scope.READ)


def init(app: Flask) -> None:
    app.context_processor(lambda: {"settings_links": subnav})


def subnav() -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The list at the side: (heading, [(title, address, icon)])."""
    admin = may_administer(current_user)
    space = [(_("People"), url_for("settings.people"), "people")]
    if admin:
        space.insert(0, (_("General"), url_for("settings.general"), "house"))
    room = [(_("API tokens"), url_for("settings.tokens"), "key")]
    if admin:
        room.insert(0, (_("Plugins"), url_for("plugins.index"), "plug"))
    if may_operate(current_user):
        room.insert(1, (_("Jobs"), url_for("jobs.index"), "health"))
    groups = [(_("Space"), space), (_("From plugins"), panels.links("account")), (_("Yours"), panels.links("person"))]
    return [group for group in [*groups, (_("Machine room"), room)] if group[1]]


@bp.get("")
def show() -> ResponseReturnValue:
    return redirect(url_for("settings.general" if may_administer(current_user) else "settings.people"))


@bp.route("/general", methods=["GET", "POST"])
def general() -> ResponseReturnValue:
    require(may_administer(current_user))
    if request.method == "GET":
        return render_template("settings/general.html", values={"name": current_account.name}, errors={})
    try:
        current_account.name = load_form(SpaceForm)["name"].strip() or current_account.name
    except Invalid as invalid:
        return render_template("settings/general.html", values=request.form, errors=invalid.errors), invalid.status
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for("settings.general"), 303)


@bp.route("/people", methods=["GET", "POST"])
def people() -> ResponseReturnValue:
    if request.method == "GET":
        return _people({}, {})
    require(may_administer(current_user))
    try:
        given = load_form(PersonForm)
        User.join(current_account, **{**given, "role": Role(given["role"])})
    except Invalid as invalid:
        db.session.rollback()
        return _people(request.form, invalid.errors), invalid.status
    db.session.commit()
    flash(_("%(name)s can sign in now.", name=given["name"]))
    return redirect(url_for("settings.people"), 303)


@bp.route("/tokens", methods=["GET", "POST"])
def tokens() -> ResponseReturnValue:
    if request.method == "GET":
        return _tokens()
    try:
        given = load_form(TokenForm)
    except Invalid as invalid:
        return _tokens(values=request.form, errors=invalid.errors), invalid.status
    text = ApiToken.create(current_user, name=given["name"], scope=given["scope"])
    db.session.commit()
    return _tokens(fresh=text)


@bp.post("/tokens/<int:id>/delete")
def delete_token(id: int) -> ResponseReturnValue:  # noqa: A002
    for token in db.session.scalars(db.select(ApiToken).filter_by(id=id, user_id=current_user.id)):
        db.session.delete(token)
    db.session.commit()
    return redirect(url_for("settings.tokens"), 303)


def _people(values: Any, errors: Any) -> str:
    return render_template("settings/people.html", people=current_account.people, values=values, errors=errors)


def _tokens(**more: Any) -> str:
    own = db.session.scalars(db.select(ApiToken).filter_by(user_id=current_user.id).order_by(ApiToken.id)).all()
    return render_template("settings/tokens.html", tokens=own, **{"values": {}, "errors": {}, "fresh": None, **more})
