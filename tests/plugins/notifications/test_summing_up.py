"""The weekly summary of those who asked for one."""

from collections.abc import Callable, Sequence
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from host import User, db, now
from host.jobs import Job
from host.mail.server import MailServer
from host.testing.fixtures import MakeApp
from plugins.notifications import summing_up
from plugins.notifications.leave_link import leave_url
from plugins.notifications.pace import Pace
from plugins.notifications.preferences import Preferences
from tests.smtp_server import SmtpServer, Step

Letters = Callable[[], Sequence[EmailMessage]]
Drain = Callable[[], int]
Travel = Callable[..., None]
ORCHARD = """
from host import Plugin, SummarySection, hookimpl

PLUGIN = Plugin("orchard", title="Orchard")


@hookimpl
def summary_sections(person, since):
    return [SummarySection("Fruit", [(f"Plums since {since:%A}", "/boards")] if person.name == "Ada Field" else [])]
"""


@pytest.fixture
def app(make_app: MakeApp, tmp_path: Path) -> Flask:
    """With a plugin that has something to say."""
    package = tmp_path / "plugins" / "orchard"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(ORCHARD)
    return make_app(data=tmp_path, plugins=("notifications", "orchard"))


@pytest.fixture
def next_monday(owner: User, travel: Travel) -> Callable[[], None]:
    """`next_monday()` goes to the next Monday, at Ada's hour in Tokyo, where she lives."""
    owner.zone = "Asia/Tokyo"
    db.session.commit()

    def go() -> None:
        end: datetime = Pace.WEEKLY.end(now(), Preferences.of(owner).hour, owner.timezone)
        travel(seconds=(end - now()).total_seconds())

    return go


def ask(person: User) -> None:
    theirs = Preferences.kept(person)
    theirs.ask_for_summary(wanted=True)
    db.session.commit()


def run(drain: Drain) -> str:
    said: str = summing_up.run.run()
    db.session.commit()
    drain()
    return said


def test_it_comes_once_on_the_monday_after_it_was_asked_for(
    owner: User, next_monday: Callable[[], None], travel: Travel, drain_jobs: Drain, letters: Letters
) -> None:
    ask(owner)
    run(drain_jobs)
    assert letters() == []
    next_monday()
    run(drain_jobs)
    run(drain_jobs)
    (letter,) = letters()
    assert letter["Subject"] == f"Your week in {owner.account.name}"
    body = letter.get_body(("plain",))
    assert body is not None
    assert "Plums since Sunday" in body.get_content()  # it is not yet Monday in London
    assert letter["List-Unsubscribe"] == f"<{leave_url(owner)}>"
    assert leave_url(owner) in body.get_content()
    travel(days=7)
    run(drain_jobs)
    assert len(letters()) == 2


def test_who_did_not_ask_gets_none(
    owner: User, next_monday: Callable[[], None], drain_jobs: Drain, letters: Letters
) -> None:
    next_monday()
    assert run(drain_jobs) == "0 summaries are due"
    assert letters() == []


def test_a_week_without_news_is_not_written_of(
    member: User, next_monday: Callable[[], None], drain_jobs: Drain, letters: Letters
) -> None:
    ask(member)
    next_monday()
    run(drain_jobs)
    assert letters() == []
    assert Preferences.of(member).summed_up_at is not None


def test_one_whose_answer_is_lost_is_not_sent_again(
    owner: User, smtp_server: SmtpServer, next_monday: Callable[[], None], travel: Travel, drain_jobs: Drain
) -> None:
    MailServer.keep(owner.account, **smtp_server.settings)
    ask(owner)
    smtp_server.hang_up(Step.END, times=1)
    next_monday()
    run(drain_jobs)
    travel(hours=1)
    run(drain_jobs)
    assert [letter.to for letter in smtp_server.letters] == [owner.email]


def test_one_that_a_server_puts_off_at_its_end_is_sent_later(
    owner: User, smtp_server: SmtpServer, next_monday: Callable[[], None], travel: Travel, drain_jobs: Drain
) -> None:
    MailServer.keep(owner.account, **smtp_server.settings)
    ask(owner)
    smtp_server.answer(Step.END, "451 4.3.0 Later", times=1)
    next_monday()
    run(drain_jobs)
    assert smtp_server.letters == []
    travel(hours=1)
    run(drain_jobs)
    assert [letter.to for letter in smtp_server.letters] == [owner.email]


def test_a_mail_server_that_is_away_puts_it_off_and_fails_no_job(
    owner: User, smtp_server: SmtpServer, next_monday: Callable[[], None], travel: Travel, drain_jobs: Drain
) -> None:
    MailServer.keep(owner.account, **smtp_server.settings)
    ask(owner)
    smtp_server.stop()
    next_monday()
    run(drain_jobs)
    travel(hours=1)
    smtp_server.start()
    run(drain_jobs)
    run(drain_jobs)
    assert [letter.to for letter in smtp_server.letters] == [owner.email]
    assert db.session.scalars(select(Job).where(Job.attempts > 1)).all() == []
