"""A test, so that a person can see whether what is sent reaches them. How it went is told in their bell."""

from host import (
    Letter,
    MailDelayed,
    MailMisconfigured,
    MailRefused,
    User,
    _,
    checkpoint,
    current_job,
    db,
    deliver_mail,
    notice_kind,
    notify,
    task,
)
from plugins.notifications.leave_link import domain
from plugins.notifications.preferences import SETTINGS, Preferences

TEST = notice_kind("notifications.test", title=_("Your test"))


@task("notifications.test", attempts=1)
def run(user_id: int) -> str:
    """Send a letter now, and say in the bell what came of it."""
    person = db.session.get_one(User, user_id)
    said = _outcome(person)
    notify([person], TEST, said, SETTINGS)
    return said


def _outcome(person: User) -> str:
    if not person.email:
        return _("You have no e-mail address here, so only the bell reaches you.")
    letter, account = _letter(person), person.account
    checkpoint()  # nothing is sent inside a transaction
    try:
        where = deliver_mail(letter, account)
    except (MailRefused, MailDelayed, MailMisconfigured) as error:
        return _("The letter to %(email)s was not sent: %(why)s", email=person.email, why=error)
    Preferences.of(person).resume_mail()
    return where


def _letter(person: User) -> Letter:
    job = current_job()
    text = _("This is how Fallow's letters reach you. Nothing else is new.")
    return Letter(
        to=person.email or "",
        to_name=person.name,
        subject=_("A test from Fallow"),
        text=text,
        html=f"<p>{text}</p>",
        message_id=f"<test-{job.job_id if job else 0}.{person.id}@{domain()}>",
    )
