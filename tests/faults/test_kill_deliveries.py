"""kill -9 while bundles are on their way: each arrives, and a second time only when the process died after the mail
server had taken the letter and before we knew; then both have the same Message-ID, and there is no third."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from host import Account, Board, Card, User, db, now, reading, schedule
from host.app import create_app
from host.config import Config
from host.jobs import drain
from plugins.notifications.bundle import Bundle, State
from plugins.notifications.delivery import deliver_bundles
from tests.faults.conftest import FULL
from tests.faults.field import log_of, process
from tests.patience import until
from tests.postgres import PostgresTemplates
from tests.smtp_server import SmtpServer, Step

pytestmark = pytest.mark.faults

EARLY = [Step.CONNECT, Step.EHLO, Step.MAIL, Step.RCPT, Step.DATA] if FULL else []
STEPS = [*EARLY, Step.BODY, Step.END]
PEOPLE = 60 if FULL else 8
KILLS = 40 if FULL else 2
# The latter: the worker died twice while the same letter was handed over.
ENDED = (State.SENT, State.UNKNOWN)


@pytest.fixture
def smtp(serve_smtp: Callable[..., SmtpServer], monkeypatch: pytest.MonkeyPatch) -> SmtpServer:
    """The mail server of every process of the test."""
    server = serve_smtp("none", must_sign_in=False)
    monkeypatch.setenv("FALLOW_SMTP_URL", f"smtp://localhost:{server.port}?security=none")
    monkeypatch.setenv("FALLOW_MAIL_FROM", "fallow@example.org")
    return server


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def running(request: pytest.FixtureRequest, smtp: SmtpServer, tmp_path: Path) -> Iterator[Flask]:
    """The program with notifications, its context pushed."""
    url = ""
    if request.param == "postgres":
        server: PostgresTemplates = request.getfixturevalue("postgres")
        url = server.empty(tmp_path)
    app = create_app(Config(data=tmp_path, database_url=url, plugins=("notifications",)))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def told(people: int) -> None:
    """So many people are told of one comment, and their bundles are due."""
    owner = Account.open("Meadow", owner_name="Ada Field", email=None)
    board = Board.create("Launch", by=owner, columns=[])
    card = board.add_card("Interview the bakers", by=owner)
    for number in range(people):
        _watcher(owner, card, number)
    comment = card.comment("The rack, not the portrait.", owner)
    assert comment
    db.session.commit()
    drain()
    for bundle in db.session.scalars(select(Bundle)):
        bundle.ends_at = now()
    assert db.session.scalar(select(func.count()).select_from(Bundle)) == people
    db.session.commit()


def _watcher(owner: User, card: Card, number: int) -> None:
    person = User.join(owner.account, name=f"Person {number}", email=f"person{number}@example.org")
    card.board.grant([person])
    card.watch(person)


def ask_to_deliver() -> None:
    """As the half-hourly task does it."""
    schedule(deliver_bundles)
    db.session.commit()


def left() -> int:
    with reading():  # or on SQLite we would hold the lock for which the worker waits
        unsent = db.session.scalar(select(func.count()).select_from(Bundle).where(Bundle.state.not_in(ENDED)))
        db.session.rollback()
    return unsent or 0


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_each_step_of_a_letter(running: Flask, smtp: SmtpServer, step: Step) -> None:
    told(1)
    smtp.fall_silent(step, times=1)
    ask_to_deliver()
    worker = process(running, "worker", "--threads", "1", plugins="notifications")
    try:
        until(lambda: step in smtp.steps, or_else=lambda: log_of(running).read_text())
        worker.kill()
        worker.wait()
        worker = process(running, "worker", "--threads", "1", plugins="notifications")
        until(lambda: not left(), or_else=lambda: log_of(running).read_text())
    finally:
        worker.kill()
        worker.wait()
    assert len(smtp.letters) == (2 if step is Step.END else 1)
    assert len({letter.message["Message-ID"] for letter in smtp.letters}) == 1


def test_killed_many_times(running: Flask, smtp: SmtpServer) -> None:
    told(PEOPLE)
    ask_to_deliver()
    chance = random.Random(11)
    worker = process(running, "worker", "--threads", "2", plugins="notifications")
    kills = 0
    try:
        while left() and kills < KILLS:
            enough = len(smtp.steps) + chance.randrange(1, 30)
            until(lambda enough=enough: len(smtp.steps) >= enough or not left(), or_else=log_of(running).read_text)
            worker.kill()
            worker.wait()
            kills += 1
            worker = process(running, "worker", "--threads", "2", plugins="notifications")
        until(lambda: not left(), or_else=log_of(running).read_text)
    finally:
        worker.kill()
        worker.wait()
    arrived = Counter(letter.message["Message-ID"] for letter in smtp.letters)
    assert max(arrived.values()) <= 2
    assert sum(arrived.values()) - PEOPLE <= kills  # letters go one at a time
    assert not_arrived(smtp) <= told_to_look()


def not_arrived(smtp: SmtpServer) -> set[str]:
    return {f"person{number}@example.org" for number in range(PEOPLE)} - {letter.to for letter in smtp.letters}


def told_to_look() -> set[str | None]:
    """Those whose bell says that their letter may not have reached them."""
    with reading():
        unknown = select(User.email).join(Bundle, Bundle.user_id == User.id).where(Bundle.state == State.UNKNOWN)
        return set(db.session.scalars(unknown))
