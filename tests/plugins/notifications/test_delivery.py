"""Bundles over a real mail server that has its moods: what is said to whom, what is tried again, and what is not."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from host import Card, User, db, now
from host.jobs import Job, JobState
from host.mail.server import MailServer
from host.testing import Client
from plugins.notifications.bundle import Bundle, State
from plugins.notifications.notes import Note
from plugins.notifications.preferences import SETTINGS, Preferences
from tests.smtp_server import SmtpServer, Step

Drain = Callable[[], int]
Travel = Callable[..., None]
Told = Callable[[User], list[Note]]


@pytest.fixture
def smtp(smtp_server: SmtpServer, owner: User) -> SmtpServer:
    """The space's mail server."""
    MailServer.keep(owner.account, **smtp_server.settings)
    db.session.commit()
    return smtp_server


@pytest.fixture
def due(smtp: SmtpServer, card: Card, owner: User, odile: User, drain_jobs: Drain, travel: Travel) -> None:
    """Ada and Odile each have a bundle whose end has come."""
    card.watch(odile)
    card.comment("The rack, not the portrait.", odile)
    card.comment("As you like.", owner)
    db.session.commit()
    drain_jobs()
    travel(minutes=31)


TEST = {"pace": "half_hour", "ways": ["mention:bell"], "then": "test"}


def bundle_of(person: User) -> Bundle:
    db.session.expire_all()
    return db.session.scalars(select(Bundle).filter_by(user_id=person.id)).one()


@pytest.mark.usefixtures("due")
def test_a_letter_goes_over_tls_and_can_be_left_by_one_click(smtp: SmtpServer, owner: User, drain_jobs: Drain) -> None:
    drain_jobs()
    [letter] = [each for each in smtp.letters if each.to == owner.email]
    assert letter.secure
    assert letter.user == "fallow"
    assert letter.message["List-Unsubscribe"].startswith("<http")
    assert letter.message["Subject"] == "Interview the bakers"
    assert bundle_of(owner).state is State.SENT


@pytest.mark.usefixtures("due")
def test_what_a_server_puts_off_is_sent_later_and_once(
    smtp: SmtpServer, owner: User, client: Client, drain_jobs: Drain, travel: Travel
) -> None:
    smtp.answer(Step.RCPT, "451 4.7.1 Greylisted, try again", times=2, to=owner.email or "")
    drain_jobs()
    assert [letter.to for letter in smtp.letters] == ["odile@example.org"]
    waiting = bundle_of(owner)
    assert waiting.state is State.CLOSED
    assert "Greylisted" in str(waiting.error)
    page = client.get(SETTINGS).text
    assert "A letter to you waits: " in page
    assert "Greylisted" in page
    travel(seconds=61)
    drain_jobs()
    assert bundle_of(owner).state is State.CLOSED
    travel(minutes=2)
    drain_jobs()
    assert [letter.to for letter in smtp.letters] == ["odile@example.org", owner.email]
    assert bundle_of(owner).state is State.SENT
    assert "A letter to you waits" not in client.get(SETTINGS).text


@pytest.mark.usefixtures("due")
def test_who_is_refused_hears_why_and_is_written_to_no_more(
    smtp: SmtpServer,
    card: Card,
    owner: User,
    odile: User,
    client: Client,
    drain_jobs: Drain,
    travel: Travel,
    told: Told,
) -> None:
    smtp.answer(Step.RCPT, "550 5.1.1 No such mailbox", to=owner.email or "")
    drain_jobs()
    assert [letter.to for letter in smtp.letters] == [odile.email]
    assert bundle_of(owner).state is State.FAILED
    page = client.get(SETTINGS).text
    assert "No more letters are sent to you" in page
    assert "No such mailbox" in page
    [word] = [note for note in told(owner) if note.title == "Your letters were refused"]
    assert "No such mailbox" in word.text
    smtp.behave()
    card.comment("Still there?", odile)
    db.session.commit()
    drain_jobs()
    travel(minutes=31)
    drain_jobs()
    assert [letter.to for letter in smtp.letters] == [odile.email]


@pytest.mark.usefixtures("due")
def test_whoever_saves_their_settings_is_written_to_again(
    smtp: SmtpServer, card: Card, owner: User, odile: User, client: Client, drain_jobs: Drain, travel: Travel
) -> None:
    smtp.answer(Step.RCPT, "550 5.1.1 No such mailbox", times=1, to=owner.email or "")
    drain_jobs()
    client.post(SETTINGS, data={"pace": "half_hour", "ways": ["comment:bell", "comment:mail"]})
    db.session.expire_all()
    assert Preferences.of(owner).mail_stopped_at is None
    card.comment("Still there?", odile)
    db.session.commit()
    drain_jobs()
    travel(minutes=31)
    drain_jobs()
    assert [letter.to for letter in smtp.letters if letter.to == owner.email] == [owner.email]


@pytest.mark.usefixtures("due")
def test_an_answer_that_is_lost_makes_the_same_letter_go_out_again(
    smtp: SmtpServer, owner: User, odile: User, drain_jobs: Drain, travel: Travel
) -> None:
    """Nobody can know whether it arrived; mail programs show a Message-ID once."""
    smtp.hang_up(Step.END, times=1)
    drain_jobs()
    travel(seconds=61)
    drain_jobs()
    ids = {letter.to: set() for letter in smtp.letters}  # type: dict[str, set[str]]
    for letter in smtp.letters:
        ids[letter.to].add(letter.message["Message-ID"])
    assert len(smtp.letters) == 3
    assert {len(each) for each in ids.values()} == {1}
    assert bundle_of(owner).state is bundle_of(odile).state is State.SENT


@pytest.mark.usefixtures("due")
def test_an_answer_that_is_lost_each_time_ends_with_one_repeat_and_a_word_in_the_bell(
    smtp: SmtpServer, owner: User, drain_jobs: Drain, travel: Travel, told: Told
) -> None:
    smtp.hang_up(Step.END, times=3, to=owner.email or "")
    drain_jobs()
    for _day in range(5):
        travel(days=1)
        drain_jobs()
    assert [letter.to for letter in smtp.letters].count(owner.email or "") == 2
    assert bundle_of(owner).state is State.UNKNOWN
    [word] = [note for note in told(owner) if note.title == "A letter may not have reached you"]
    assert word.text.startswith("A letter to you was sent twice, and may not have arrived: ")


@pytest.mark.usefixtures("due")
def test_what_a_server_said_before_and_after_a_lost_answer_is_no_repeat(
    smtp: SmtpServer, owner: User, odile: User, drain_jobs: Drain, travel: Travel
) -> None:
    def next_time(mood: Callable[[], None]) -> None:
        mood()
        drain_jobs()
        travel(hours=2)

    next_time(lambda: smtp.answer(Step.END, "451 4.3.0 Later", times=2))
    next_time(lambda: smtp.hang_up(Step.END, times=2))
    next_time(lambda: smtp.answer(Step.END, "451 4.3.0 Later", times=2))
    next_time(lambda: smtp.answer(Step.MAIL, "451 4.3.0 Later", times=2))
    next_time(smtp.behave)
    assert sorted(letter.to for letter in smtp.letters) == sorted([owner.email, odile.email] * 2)
    assert bundle_of(owner).state is bundle_of(odile).state is State.SENT


@pytest.mark.usefixtures("due")
def test_a_connection_that_breaks_amid_a_letter_loses_nothing(
    smtp: SmtpServer, drain_jobs: Drain, travel: Travel
) -> None:
    smtp.hang_up(Step.BODY, times=1)
    drain_jobs()
    travel(seconds=61)
    drain_jobs()
    assert sorted(letter.to for letter in smtp.letters) == ["ada@example.org", "odile@example.org"]


@pytest.mark.usefixtures("due")
def test_a_wrong_password_holds_all_letters_until_it_is_mended_and_admins_hear_of_it(
    smtp: SmtpServer, owner: User, odile: User, drain_jobs: Drain, travel: Travel, told: Told
) -> None:
    MailServer.keep(owner.account, **{**smtp.settings, "password": "another"})
    db.session.commit()
    drain_jobs()
    assert smtp.letters == []
    assert bundle_of(owner).state is State.CLOSED
    assert [note.title for note in told(owner)].count("Letters cannot be sent") == 1  # though there are two letters
    MailServer.keep(owner.account, **smtp.settings)
    db.session.commit()
    travel(minutes=2)
    drain_jobs()
    assert len(smtp.letters) == 2


@pytest.mark.usefixtures("due")
def test_a_server_that_is_gone_for_days_is_given_up_and_the_bell_says_so(
    smtp: SmtpServer, owner: User, drain_jobs: Drain, travel: Travel, told: Told
) -> None:
    smtp.stop()
    drain_jobs()
    for _day in range(5):
        travel(days=1)
        drain_jobs()
    assert bundle_of(owner).state is State.FAILED
    ended_at = bundle_of(owner).ended_at
    assert ended_at is not None
    assert now() - ended_at < timedelta(days=2)
    assert [note.title for note in told(owner)].count("A letter may not have reached you") == 1


def test_a_test_says_in_the_bell_how_it_went(
    smtp: SmtpServer, owner: User, client: Client, drain_jobs: Drain, told: Told
) -> None:
    assert client.post(SETTINGS, data=TEST).status_code == 303
    drain_jobs()
    assert [note.text for note in told(owner)] == [f"localhost took the letter for {owner.email}."]
    assert smtp.letters[0].message["Subject"] == "A test from Fallow"
    smtp.answer(Step.AUTH, "535 5.7.8 Not with that password")
    client.post(SETTINGS, data=TEST)
    drain_jobs()
    assert told(owner)[0].text.startswith(f"The letter to {owner.email} was not sent: ")


def test_a_test_of_whoever_has_no_address_says_so(owner: User, client: Client, drain_jobs: Drain, told: Told) -> None:
    owner.email = None
    db.session.commit()
    client.post(SETTINGS, data=TEST)
    drain_jobs()
    assert [note.text for note in told(owner)] == ["You have no e-mail address here, so only the bell reaches you."]


@pytest.mark.usefixtures("due")
def test_letters_that_hang_leave_the_other_threads_to_the_bell(drain_jobs: Drain, smtp: SmtpServer) -> None:
    """One at a time: of two that are due, one waits for the other, also where both are tried again."""
    smtp.answer(Step.MAIL, "451 4.7.1 Later", times=2)
    drain_jobs()
    letters = db.session.scalars(select(Job).filter_by(task="notifications.deliver")).all()
    assert len(letters) == 2
    assert len({job.lane for job in letters}) == 1
    assert None not in {job.lane for job in letters}
    assert not db.session.scalars(select(Job).filter_by(task="notifications.deliver", state=JobState.WAITING)).all()


def test_after_an_outage_one_letter_tells_of_all_of_it(
    smtp: SmtpServer, card: Card, owner: User, odile: User, drain_jobs: Drain, travel: Travel
) -> None:
    smtp.answer(Step.MAIL, "451 4.3.0 Later")
    for number in range(5):
        other = card.board.add_card(f"Card {number}", by=odile)
        other.watch(owner)
        other.comment("Hm", odile)
        db.session.commit()
        drain_jobs()
        travel(minutes=61)
        drain_jobs()
    smtp.behave()
    travel(hours=2)
    drain_jobs()
    [letter] = [each for each in smtp.letters if each.to == owner.email]
    body = letter.message.get_body(("plain",))
    assert body is not None
    assert all(f"Card {number}" in body.get_content() for number in range(5))
    db.session.expire_all()
    states = [each.state for each in db.session.scalars(select(Bundle).filter_by(user_id=owner.id).order_by(Bundle.id))]
    assert sorted(states) == [State.JOINED] * 4 + [State.SENT]


def test_a_letter_that_may_have_arrived_is_joined_with_no_other(
    smtp: SmtpServer, card: Card, owner: User, odile: User, drain_jobs: Drain, travel: Travel
) -> None:
    smtp.hang_up(Step.END, times=1)
    for number in range(2):
        other = card.board.add_card(f"Card {number}", by=odile)
        other.watch(owner)
        other.comment("Hm", odile)
        db.session.commit()
        drain_jobs()
        travel(minutes=31)
        smtp.answer(Step.MAIL, "451 4.3.0 Later") if number else None
        drain_jobs()
    smtp.behave()
    travel(hours=2)
    drain_jobs()
    theirs = [each.message for each in smtp.letters if each.to == owner.email]
    bodies = {each["Message-ID"]: str(each.get_body(("plain",)).get_content()) for each in theirs}  # type: ignore[union-attr]
    assert [len({name for name in ("Card 0", "Card 1") if name in body}) for body in bodies.values()] == [1, 1]
