"""Sending a letter of a space, whichever way its letters go."""

from collections.abc import Callable

from flask import current_app
from sqlalchemy import inspect

from host.config import Config
from host.i18n import _
from host.mail.address import MailAddress
from host.mail.conversation import PATIENCE, Patience, hand_over
from host.mail.faults import MailMisconfigured, MailRefused
from host.mail.folder import Folder
from host.mail.letter import Letter
from host.mail.route import Route, sender_of
from host.mail.smtp_url import Sender
from host.models.account import Account
from host.outgoing.transport import require_outside

NOBODY = Sender(MailAddress("fallow", "localhost"), "Fallow")


def deliver(
    letter: Letter,
    account: Account,
    *,
    patience: Patience = PATIENCE,
    last_moment: Callable[[], None] = lambda: None,
) -> str:
    """Hand the letter to the space's mail server, else to the installation's, else keep it as a file; says which it
    was. It may take minutes, so it belongs in a job, after `checkpoint()`. `last_moment` is called before a server may
    have taken the letter: whoever must not send it twice writes that down there, and commits.

    Raises MailDelayed (try later), MailRefused (never try again), MailMisconfigured (the space's admins must act), and
    RuntimeError inside a request or a transaction.
    """
    require_outside()
    identity = inspect(account).identity  # its attributes would open a transaction
    assert identity is not None  # noqa: S101 -- narrows the type: it was committed
    account_id = identity[0]
    to = _recipient(letter)
    route = Route.of(account_id)
    if route is None:
        last_moment()
        return _keep(letter, to, account_id)
    hand_over(letter, to, route, patience, last_moment)
    return _("%(host)s took the letter for %(to)s.", host=route.host, to=letter.to)


def _recipient(letter: Letter) -> MailAddress:
    try:
        return MailAddress.parse(letter.to)
    except ValueError as error:
        raise MailRefused(_("“%(email)s” is no e-mail address.", email=letter.to[:80])) from error


def _keep(letter: Letter, to: MailAddress, account_id: int) -> str:
    config: Config = current_app.extensions["fallow"].config
    path = Folder(config.data, account_id).keep(letter.message(to, _sender(config)))
    where = path.relative_to(config.data)
    return _("There is no mail server, so the letter for %(to)s lies in %(path)s.", to=letter.to, path=where)


def _sender(config: Config) -> Sender:
    try:
        return sender_of(config)
    except MailMisconfigured:
        return NOBODY
