"""Settings: how letters leave the space."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from host.db import db
from host.errors import Invalid, Messages
from host.i18n import _
from host.mail.folder import Folder
from host.mail.security import Security
from host.mail.server import MailServer
from host.mail.trial import TOPIC, MailTrial
from host.permissions import may_administer, may_operate, require
from host.web.forms import load_form
from host.web.login import current_account, current_user
from host.web.mailform import MailServerForm

bp = Blueprint("mail", __name__, url_prefix="/settings/mail")


@bp.before_request
def for_admins() -> None:
    require(may_administer(current_user))


@bp.get("")
def show() -> ResponseReturnValue:
    return _page(_values(MailServer.of(current_account)), {})


@bp.post("")
def update() -> ResponseReturnValue:
    try:
        MailServer.keep(current_account, **load_form(MailServerForm))
    except Invalid as invalid:
        db.session.rollback()
        return _page(request.form, invalid.errors), invalid.status
    return _done(_("Saved. Send yourself a test to see whether it works."))


@bp.post("/delete")
def delete() -> ResponseReturnValue:
    if server := MailServer.of(current_account):
        server.forget()
    return _done(_("The mail server is forgotten, and its password with it."))


@bp.post("/trial")
def create_trial() -> ResponseReturnValue:
    try:
        MailTrial.begin(current_user)
    except Invalid as invalid:
        flash(invalid.message, "failed")
        return redirect(url_for("mail.show"), 303)
    return _done(_("The test is on its way."))


def _done(words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words)
    return redirect(url_for("mail.show"), 303)


def _page(values: Mapping[str, Any], errors: Messages) -> str:
    config = current_app.extensions["fallow"].config
    return render_template(
        "settings/mail.html",
        values=values,
        errors=errors,
        server=MailServer.of(current_account),
        has_shared=bool(config.smtp_url),
        kept=len(Folder(config.data, current_account.id)),
        folder=config.data / "mail" if may_operate(current_user) else "mail",  # the machine is none of others' business
        trial=MailTrial.of(current_account),
        topic=TOPIC,
        safeties=_safeties(),
    )


def _values(server: MailServer | None) -> Mapping[str, Any]:
    """What the form holds: never the password."""
    if server is None:
        return {"port": 587, "security": Security.STARTTLS.value}
    names = ("host", "port", "username", "sender_address", "sender_name")
    return {name: getattr(server, name) for name in names} | {"security": server.security.value}


def _safeties() -> list[tuple[str, str]]:
    return [
        (Security.STARTTLS.value, _("STARTTLS")),
        (Security.TLS.value, _("TLS")),
        (Security.NONE.value, _("None")),
    ]
