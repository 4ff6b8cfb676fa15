"""Quiet hours: what was put off or missed waits for their end, and an open bundle follows when they are chosen."""

from collections.abc import Callable
from datetime import time, timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from host import Card, User, db, now
from host.mail.server import MailServer
from plugins.notifications.bundle import Bundle, open_bundle
from plugins.notifications.choosing import choose
from plugins.notifications.pace import Pace
from plugins.notifications.preferences import Preferences
from tests.smtp_server import SmtpServer, Step

Drain = Callable[[], int]
Travel = Callable[..., None]
Letters = Callable[[], list[EmailMessage]]


@pytest.fixture
def waiting(card: Card, owner: User, odile: User, drain_jobs: Drain) -> Bundle:
    """A bundle of Ada's that ends in half an hour. Her quiet hours begin in an hour, for two."""
    owner.zone = "UTC"
    theirs = Preferences.kept(owner)
    theirs.quiet_from, theirs.quiet_to = clock(60), clock(180)
    card.comment("The rack", odile)
    drain_jobs()
    bundle = open_bundle(owner)
    assert bundle is not None
    return bundle


def clock(minutes: int) -> time:
    return (now() + timedelta(minutes=minutes)).time().replace(second=0, microsecond=0)


def choice(**other: Any) -> dict[str, Any]:
    nothing_else: dict[str, Any] = {
        "hour": time(8, 30),
        "quiet_from": None,
        "quiet_to": None,
        "summary": False,
        "ways": {},
    }
    return {"pace": Pace.HALF_HOUR, **nothing_else, **other}


@pytest.mark.usefixtures("waiting")
def test_what_nobody_sent_in_time_waits_for_their_end(travel: Travel, drain_jobs: Drain, letters: Letters) -> None:
    """The machine slept when it was due."""
    travel(minutes=90)
    drain_jobs()
    assert letters() == []
    travel(minutes=91)
    drain_jobs()
    assert len(letters()) == 1


def test_what_was_put_off_waits_for_their_end(
    waiting: Bundle, owner: User, smtp_server: SmtpServer, travel: Travel, drain_jobs: Drain
) -> None:
    MailServer.keep(owner.account, **smtp_server.settings)
    smtp_server.answer(Step.MAIL, "451 4.7.1 Later", times=1)
    travel(minutes=58)
    drain_jobs()
    db.session.expire_all()
    assert waiting.tries == 1
    travel(minutes=10)
    drain_jobs()
    assert smtp_server.letters == []
    travel(minutes=113)
    drain_jobs()
    assert len(smtp_server.letters) == 1


@pytest.mark.usefixtures("waiting")
def test_what_a_person_asks_for_in_them_is_sent_at_once(
    owner: User, travel: Travel, drain_jobs: Drain, letters: Letters
) -> None:
    travel(minutes=90)
    quiet = {"quiet_from": clock(-30), "quiet_to": clock(90)}
    choose(owner, choice(pace=Pace.DAILY, **quiet))
    db.session.commit()
    drain_jobs()
    assert len(letters()) == 1


def test_an_open_bundle_follows_its_persons_hours(waiting: Bundle, owner: User) -> None:
    ended = waiting.ends_at
    quiet = {"quiet_from": clock(10), "quiet_to": clock(120)}
    choose(owner, choice(**quiet))
    assert waiting.ends_at.time() == quiet["quiet_to"]
    choose(owner, choice())
    assert waiting.ends_at == ended


def test_a_daily_bundle_follows_its_hour(
    waiting: Bundle, owner: User, travel: Travel, drain_jobs: Drain, letters: Letters
) -> None:
    Preferences.kept(owner).pace = Pace.DAILY
    choose(owner, choice(pace=Pace.DAILY, hour=clock(20)))
    db.session.commit()
    travel(minutes=21)
    drain_jobs()
    assert len(letters()) == 1
