"""Signing in and out."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields

from host.clock import now
from host.db import db, reading
from host.errors import Invalid
from host.i18n import _
from host.models import User
from host.models.sign_in_tries import SignInTries, TooOften
from host.web import knownbrowser
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
    try:
        user = _whoever_knows(**given)
    except TooOften as fault:
        return _refused(given["email"], fault.message), fault.status, {"Retry-After": str(fault.seconds)}
    if user is None:
        return _refused(given["email"], _("This address and password do not belong together.")), Invalid.status
    sign_in(user)
    answer = redirect(local(request.form.get("next", "")) or url_for("home.show"), 303)
    knownbrowser.leave_mark(answer, given["email"])
    return answer


@bp.post("/session/delete")
def delete() -> ResponseReturnValue:
    sign_out()
    return redirect(url_for("sessions.new"), 303)


def _whoever_knows(email: str, password: str) -> User | None:
    """The try is written down before the password is looked at; looking at it takes a tenth of a second, in which
    nobody else need wait to write. Raises TooOften."""
    tried = (email, request.remote_addr, knownbrowser.mark_for(email))
    SignInTries.take(*tried)
    db.session.commit()
    with reading():
        user = User.by_credentials(email, password)
        db.session.rollback()
    if user is not None:
        SignInTries.forgive(*tried)
    return user


def _refused(email: str, why: str) -> str:
    return _page(values={"email": email}, errors={"password": [why]})


def _page(values: dict[str, str] | None = None, errors: dict[str, list[str]] | None = None) -> str:
    onward = local(request.values.get("next", ""))
    return render_template("signin.html", values=values or {}, errors=errors or {}, next=onward, greeting=greeting())


def greeting() -> str:
    """By the hour of this computer."""
    hour = now().astimezone().hour
    if hour < 12:
        return _("Good morning")
    return _("Good afternoon") if hour < 18 else _("Good evening")
