"""Sending bundles: a job for each, at its end, and one every half hour for whatever was missed."""

from datetime import datetime
from functools import partial

from host import (
    MailDelayed,
    MailMisconfigured,
    MailRefused,
    _,
    checkpoint,
    current_job,
    db,
    deliver_mail,
    durably,
    ngettext,
    notice_kind,
    notify,
    now,
    schedule,
    task,
)
from plugins.notifications.bundle import Bundle, State
from plugins.notifications.channel_jobs import send_bundle
from plugins.notifications.letter import letter_of
from plugins.notifications.mail_alarm import tell_admins
from plugins.notifications.preferences import Preferences

UNSENT = notice_kind("notifications.unsent", title=_("A letter may not have reached you"))
LANE = "mail"  # one letter at a time: a server that hangs must not hold all threads, or no bell would ring
AT_ONCE = 10_000  # bundles; the rest has its turn half an hour later


@task("notifications.deliver_bundles")
def deliver_bundles() -> str:
    """A job for each bundle that is due. Also for those whose sender died, or that could not be sent before."""
    due = db.session.scalars(Bundle.due().limit(AT_ONCE)).all()
    for bundle_id in due:
        schedule(deliver, key=str(bundle_id), lane=LANE, bundle_id=bundle_id)
    return ngettext("%(n)s bundle is due", "%(n)s bundles are due", len(due))


@task("notifications.deliver")
def deliver(bundle_id: int) -> str:
    """Send one bundle. It is closed before, in a transaction of its own, so that nothing joins what is on its way. When
    the process or the connection dies after a server may have taken the letter and before we wrote that down, it goes
    out once more, with the same Message-ID, and only once; at any other moment nothing is lost and nothing repeated."""
    if morning := _morning(bundle_id):
        _look_again(morning)
        return _("waits for the end of the quiet hours")
    if Bundle.close(bundle_id):
        send_bundle(bundle_id)
    job = current_job()
    bundle = Bundle.claim(bundle_id, job.job_id if job else 0)
    return _send(bundle) if bundle else _("nothing to send")


def _morning(bundle_id: int) -> datetime | None:
    """When the quiet hours end for what was put off or missed until them. What ends amid them does so because its
    person asked for it just now."""
    bundle = db.session.get(Bundle, bundle_id)
    if bundle is None:
        return None
    theirs = Preferences.of(bundle.user)
    asked_for = theirs.after_quiet(bundle.ends_at) != bundle.ends_at
    return theirs.after_quiet(now()) if theirs.is_quiet and not asked_for else None


def _send(bundle: Bundle) -> str:
    preferences = Preferences.of(bundle.user)
    if not preferences.bundles:
        bundle.end(State.DROPPED)
        return _("%(name)s wants no bundles", name=bundle.user.name)
    if not bundle.unread:
        bundle.end(State.EMPTY)
        return _("%(name)s has read everything", name=bundle.user.name)
    if bundle.repeated:
        return _later(bundle, _("Fallow stopped while it sent it."))
    return _mail(bundle, preferences)


def _mail(bundle: Bundle, preferences: Preferences) -> str:
    account, name = bundle.user.account, bundle.user.name
    if not bundle.user.email or preferences.mail_stopped_at:
        bundle.end(State.DROPPED)
        return _("%(name)s cannot be reached by mail", name=name)
    bundle.take_in()
    unread, unanswered, bundle_id = bundle.unread, bundle.unanswered, bundle.id
    letter, count = letter_of(bundle, unread), len(unread)
    checkpoint()  # the claim; nothing is sent inside a transaction
    try:
        deliver_mail(letter, account, last_moment=partial(_hand_over, bundle_id))
    except MailRefused as refused:
        bundle.end(State.FAILED, str(refused))
        Preferences.kept(bundle.user).stop_mail(str(refused))
        return _("%(name)s's mail was refused: %(why)s", name=name, why=refused)
    except MailDelayed as delayed:
        if not delayed.uncertain:
            bundle.unanswered = unanswered
        return _later(bundle, str(delayed))
    except MailMisconfigured as wrong:
        tell_admins(bundle.user.account_id, wrong)
        return _later(bundle, str(wrong))
    bundle.end(State.SENT)
    return ngettext("told %(name)s of %(n)s thing", "told %(name)s of %(n)s things", count, name=name)


def _hand_over(bundle_id: int) -> None:
    with durably():
        Bundle.hand_over(bundle_id)
        checkpoint()


def _later(bundle: Bundle, why: str) -> str:
    if again := bundle.try_again(why):
        _look_again(again)
        return _("not sent yet: %(why)s", why=why)
    if bundle.state is State.UNKNOWN:
        said = _("A letter to you was sent twice, and may not have arrived: %(why)s What it says is here.", why=why)
    else:
        said = _("For days a letter to you could not be sent: %(why)s What it was to say is here.", why=why)
    notify([bundle.user], UNSENT, said, "/notifications")
    return _("not sent: %(why)s", why=why)


def _look_again(at: datetime) -> None:
    """Not by a job of the lane: one that waits there holds up the others."""
    schedule(deliver_bundles, at=at, key=at.isoformat())
