"""The weekly summary for those who asked for one: a letter on Mondays, at the hour of their bundles."""

from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from host import (
    Letter,
    MailDelayed,
    MailMisconfigured,
    MailRefused,
    User,
    _,
    absolute_url,
    checkpoint,
    db,
    deliver_mail,
    durably,
    now,
    schedule,
    summary_of,
    task,
)
from plugins.notifications.delivery import LANE
from plugins.notifications.drawn import drawn
from plugins.notifications.leave_link import domain, leave_headers, leave_url
from plugins.notifications.pace import Pace
from plugins.notifications.preferences import SETTINGS, Preferences

WEEK = timedelta(days=7)


@task("notifications.summaries")
def run() -> str:
    """A job for each person whose Monday has come."""
    asked = select(Preferences).where(Preferences.summary).options(joinedload(Preferences.user))
    due = [theirs for theirs in db.session.scalars(asked) if _is_due(theirs)]
    for theirs in due:
        schedule(sum_up, key=str(theirs.user_id), lane=LANE, user_id=theirs.user_id)
    return _("%(n)s summaries are due", n=len(due))


@task("notifications.sum_up")
def sum_up(user_id: int) -> str:
    """Send one. What a mail server puts off is tried again an hour later; what may have arrived is not sent again."""
    person = db.session.get_one(User, user_id)
    theirs = Preferences.kept(person)
    if not _is_due(theirs):
        return _("nothing to send")
    before, monday = theirs.summed_up_at, _last_monday(theirs)
    letter, account = _letter(theirs), person.account
    if letter is not None:
        checkpoint()  # nothing is sent inside a transaction
        try:
            deliver_mail(letter, account, last_moment=partial(_hand_over, user_id, monday))
        except MailRefused as refused:
            theirs.stop_mail(str(refused))
        except MailDelayed as delayed:
            if not delayed.uncertain:
                theirs.summed_up_at = before
            return _("not sent yet: %(why)s", why=delayed)
        except MailMisconfigured as wrong:
            return _("not sent yet: %(why)s", why=wrong)
    theirs.summed_up_at = monday
    return _("told %(name)s", name=person.name) if letter else _("nothing to tell")


def _hand_over(user_id: int, monday: datetime) -> None:
    with durably():
        db.session.get_one(Preferences, user_id).summed_up_at = monday
        checkpoint()


def _is_due(theirs: Preferences) -> bool:
    """Who asked during the week hears on the next Monday."""
    able = theirs.summary and theirs.user.active and theirs.user.email and not theirs.mail_stopped_at
    return bool(able and theirs.summed_up_at is not None and theirs.summed_up_at < _last_monday(theirs))


def _last_monday(theirs: Preferences) -> datetime:
    """The latest Monday, at the person's hour, that has come."""
    return Pace.WEEKLY.end(now() - WEEK, theirs.hour, theirs.user.timezone).astimezone(UTC)


def _letter(theirs: Preferences) -> Letter | None:
    person, monday = theirs.user, _last_monday(theirs)
    sections = summary_of(person, monday - WEEK)
    if not sections:
        return None
    leave = leave_url(person)
    shown = {"sections": sections, "link": absolute_url, "settings": absolute_url(SETTINGS), "leave": leave}
    return Letter(
        to=person.email or "",
        to_name=person.name,
        subject=_("Your week in %(space)s", space=person.account.name),
        text=drawn("notifications/summary.txt", **shown),
        html=drawn("notifications/summary.html", **shown),
        message_id=f"<summary-{person.id}.{monday:%Y%m%d%H%M}@{domain()}>",
        headers=leave_headers(leave),
    )
