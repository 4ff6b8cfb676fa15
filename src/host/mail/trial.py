"""A test letter that an admin sends to themselves, and how the space's newest one went."""

from datetime import datetime
from typing import Self

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from host.clock import now
from host.db import Model, db
from host.errors import Invalid
from host.i18n import _
from host.jobs.queue import schedule
from host.jobs.run import checkpoint
from host.live.publish import publish_live
from host.mail.delivery import deliver
from host.mail.faults import MailFault
from host.mail.letter import Letter
from host.models import Account, User
from host.plugging.tasks import task

LONGEST_SAID = 500
TOPIC = "mail"


class MailTrial(Model):
    __tablename__ = "mail_trial"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    sent: Mapped[bool] = mapped_column(default=False)
    said: Mapped[str] = mapped_column(String(LONGEST_SAID), default="")

    @classmethod
    def of(cls, account: Account) -> Self | None:
        return db.session.get(cls, account.id)

    @classmethod
    def begin(cls, person: User) -> Self:
        """Send a letter to this person, in a job. Raises Invalid for one without an address."""
        if not person.email:
            raise Invalid({"email": [_("You have no e-mail address here, so a test would not reach you.")]})
        trial = cls.of(person.account) or cls(account_id=person.account_id)
        trial.email, trial.asked_at, trial.ended_at, trial.sent, trial.said = person.email, now(), None, False, ""
        db.session.add(trial)
        schedule(
            send_trial,
            key=str(person.account_id),
            asked_by_id=person.id,
            account_id=person.account_id,
            email=person.email,
            name=person.name,
            mark=f"{person.account_id}.{trial.asked_at:%Y%m%d%H%M%S%f}",
        )
        return trial

    @classmethod
    def end(cls, account_id: int, said: str, *, sent: bool) -> None:
        """Let the page tell how it went. The space may be gone by now."""
        trial = db.session.get(cls, account_id)
        if trial is not None:
            trial.ended_at, trial.sent, trial.said = now(), sent, said[:LONGEST_SAID]
            publish_live(TOPIC, account_id=account_id)


@task("host.mail_test", attempts=2)
def send_trial(account_id: int, email: str, name: str, mark: str) -> str:
    """Send it, and keep what came of it."""
    account = db.session.get(Account, account_id)
    if account is None:
        return _("The space is gone.")
    letter = trial_letter(email, name, mark)
    checkpoint()  # nothing is sent inside a transaction
    try:
        said, sent = deliver(letter, account), True
    except MailFault as fault:
        said, sent = fault.message, False
    MailTrial.end(account_id, said, sent=sent)
    return said


def trial_letter(email: str, name: str, mark: str) -> Letter:
    """The letter itself; one of the same mark is the same letter."""
    text = _("This is a test. Letters from Fallow reach you.")
    return Letter(
        to=email,
        to_name=name,
        subject=_("A test from Fallow"),
        text=f"{text}\n",
        html=f"<p>{text}</p>\n",
        message_id=f"<mail-test.{mark}@fallow.localhost>",
        headers={"Auto-Submitted": "auto-generated"},
    )
