"""What `fallow doctor` says about mail, without sending any."""

from collections.abc import Iterator

from flask import current_app
from sqlalchemy import func, select

from host.config import Config
from host.db import db
from host.finding import Finding
from host.i18n import _, ngettext
from host.mail.faults import MailMisconfigured
from host.mail.folder import Folder
from host.mail.route import Route
from host.mail.server import MailServer
from host.mail.trial import MailTrial
from host.models import Account

WHAT = "mail"


def look_at_mail() -> Iterator[Finding]:
    """How letters go, and each space whose last test failed."""
    config: Config = current_app.extensions["fallow"].config
    yield _way(config)
    failed = select(Account.name, MailTrial.said).join(MailTrial, MailTrial.account_id == Account.id)
    for name, said in db.session.execute(failed.where(MailTrial.ended_at.is_not(None), ~MailTrial.sent)):
        remedy = _("Mend it under Settings, Mail, or with `fallow mail test` to try.")
        yield Finding(WHAT, f"{name}: {said}", remedy)


def _way(config: Config) -> Finding:
    try:
        route = Route.of_installation(config)
    except MailMisconfigured as fault:
        return Finding(WHAT, fault.message, _("It is an address, such as fallow@example.org."))
    own = db.session.scalar(select(func.count()).select_from(MailServer)) or 0
    said = ngettext("%(n)s space has a server of its own.", "%(n)s spaces have a server of their own.", own)
    if route is not None:
        return Finding(WHAT, _("Letters go by %(host)s.", host=route.host) + (f" {said}" if own else ""))
    return Finding(WHAT, f"{said} {_lying(config)}" if own else _lying(config))


def _lying(config: Config) -> str:
    kept = sum(len(Folder(config.data, id)) for id in db.session.scalars(select(Account.id)))  # noqa: A001
    letters = ngettext("%(n)s letter lies in `mail`.", "%(n)s letters lie in `mail`.", kept)
    return _("There is no mail server for all. %(letters)s", letters=letters)
