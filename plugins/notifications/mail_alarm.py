"""A word to the admins of a space whose letters cannot be sent, because its mail server is set wrong: once a day."""

from datetime import timedelta

from sqlalchemy import select

from host import NOTICE, Event, MailMisconfigured, Role, User, _, db, notice_kind, notify, now

WRONG = notice_kind("notifications.mail_settings", title=_("Letters cannot be sent"))
QUIET = timedelta(days=1)
PAGE = "/settings/mail"


def tell_admins(account_id: int, wrong: MailMisconfigured) -> None:
    """In the running transaction. Their bell says it; a letter could not."""
    if _told_lately(account_id):
        return
    admins = select(User).where(User.account_id == account_id, User.role.in_((Role.OWNER, Role.ADMIN)), User.active)
    notify(db.session.scalars(admins), WRONG, str(wrong), PAGE)


def _told_lately(account_id: int) -> bool:
    """Looks into the log: what a person is told is written by a job, later."""
    told = select(Event.id).where(Event.account_id == account_id, Event.kind == NOTICE.name, Event.at > now() - QUIET)
    about_this = told.where(Event.particulars["about"].as_string() == WRONG.name)
    return db.session.scalars(about_this.limit(1)).first() is not None
