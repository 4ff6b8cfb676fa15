"""Signing in and out."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields

from host.clock import now
from host.errors import Invalid
from host.i18n import _
from host.models import User
from host.web.forms import Form, load_form, local
from host.web.login import public, sign_in, sign_out, signed_in

bp = Blueprint("sessions", __name__)


class SignIn(Form):
    email = fields.Str(load_default="")
    password = fields.Str(load_default="")


@bp.get("/session/new")
@public
def new() -> ResponseReturnValue:
    if signed_in():
        return redirect(url_for("home.show"))
    return _page()


@bp.post("/session")
@public
def create() -> ResponseReturnValue:
    given = load_form(SignIn)
    user = User.by_credentials(given["email"], given["password"])
    if user is None:
        wrong = {"password": [_("This address and password do not belong together.")]}
        return _page(values={"email": given["email"]}, errors=wrong), Invalid.status
    sign_in(user)
    return redirect(local(request.form.get("next", "")) or url_for("home.show"), 303)


@bp.post("/session/delete")
def delete() -> ResponseReturnValue:
    sign_out()
    return redirect(url_for("sessions.new"), 303)


def _page(values: dict[str, str] | None = None, errors: dict[str, list[str]] | None = None) -> str:
    onward = local(request.values.get("next", ""))
    return render_template("signin.html", values=values or {}, errors=errors or {}, next=onward, greeting=greeting())


def greeting() -> str:
    """By the hour of this computer."""
    hour = now().astimezone().hour
    if hour < 12:
        return _("Good morning")
    return _("Good afternoon") if hour < 18 else _("Good evening")
