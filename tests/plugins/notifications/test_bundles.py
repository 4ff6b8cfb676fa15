"""Bundles: what is new is sent at the end of a window, once, and nothing of it is lost."""

import threading
from collections.abc import Callable
from datetime import time, timedelta
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from host import Access, Account, Board, Card, Event, User, db, now
from plugins.notifications.bundle import Bundle, State
from plugins.notifications.choosing import change_pace
from plugins.notifications.delivery import deliver_bundles
from plugins.notifications.models import Notification, about
from plugins.notifications.notify import run as notify
from plugins.notifications.pace import Pace
from plugins.notifications.preferences import Preferences
from plugins.notifications.topics import BOARDS, CHANGES, Way

Letters = Callable[[], list[EmailMessage]]
Drain = Callable[[], int]
Travel = Callable[..., None]


def text_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def html_of(letter: EmailMessage) -> str:
    part = letter.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def said(card: Card, words: str, by: User, drain: Drain) -> None:
    card.comment(words, by)
    db.session.commit()
    drain()


def states() -> list[State]:
    db.session.expire_all()
    return list(db.session.scalars(select(Bundle.state).order_by(Bundle.id)))


def test_what_is_new_comes_in_one_letter_when_the_window_ends(
    card: Card, owner: User, odile: User, drain_jobs: Drain, travel: Travel, letters: Letters
) -> None:
    said(card, "The rack, not the portrait.", odile, drain_jobs)
    other = card.board.add_card("Sort the seeds", by=odile)
    other.watch(owner)
    travel(minutes=20)
    said(other, "By hand?", odile, drain_jobs)
    assert letters() == []
    travel(minutes=11)
    drain_jobs()
    (letter,) = letters()
    assert letter["To"] == "Ada Field <ada@example.org>"
    assert letter["Subject"] == "Interview the bakers and 1 more"
    assert "Odile Marsh: “The rack, not the portrait.”" in text_of(letter)
    assert f"/cards/{other.number}" in text_of(letter)
    assert states() == [State.SENT]
    travel(hours=2)
    drain_jobs()
    assert len(letters()) == 1


def test_the_letter_says_it_by_board_in_both_forms_and_in_the_persons_zone(
    board: Board, card: Card, owner: User, odile: User, drain_jobs: Drain, travel: Travel, letters: Letters
) -> None:
    owner.zone = "Asia/Tokyo"
    garden = Board.create("A garden", by=owner, columns=[])
    garden.grant([odile])
    said(card, "On the first", odile, drain_jobs)
    plum = garden.add_card("Plum <b>tree</b>", by=owner)
    said(plum, "On <script>the</script> second", odile, drain_jobs)
    at = db.session.scalars(select(Notification).order_by(Notification.id.desc())).first().updated_at  # type: ignore[union-attr]
    travel(minutes=31)
    drain_jobs()
    (letter,) = [each for each in letters() if "ada@" in each["To"]]
    text, html = text_of(letter), html_of(letter)
    assert text.index("A garden") < text.index("Plum <b>tree</b>") < text.index(board.name)
    assert "<h2>A garden</h2>" in html
    assert "Plum &lt;b&gt;tree&lt;/b&gt;" in html
    assert "<script>" not in html
    assert f"{at.astimezone(owner.timezone):%d %B, %H:%M}" in text
    assert "Because you watch the card" in text


def test_what_was_read_meanwhile_is_left_out(
    card: Card, owner: User, odile: User, drain_jobs: Drain, travel: Travel, letters: Letters
) -> None:
    other = card.board.add_card("Sort the seeds", by=odile)
    other.watch(owner)
    said(other, "Unread", odile, drain_jobs)
    said(card, "Read", odile, drain_jobs)
    note = about(card, owner)
    assert note is not None
    note.read()
    db.session.commit()
    travel(minutes=31)
    drain_jobs()
    (letter,) = letters()
    assert "Sort the seeds" in text_of(letter)
    assert "Interview the bakers" not in text_of(letter)


def test_who_has_read_everything_gets_no_letter(
    card: Card, owner: User, odile: User, drain_jobs: Drain, travel: Travel, letters: Letters
) -> None:
    said(card, "Read", odile, drain_jobs)
    note = about(card, owner)
    assert note is not None
    note.read()
    db.session.commit()
    travel(minutes=31)
    drain_jobs()
    assert letters() == []
    assert states() == [State.EMPTY]


def test_who_may_no_longer_see_a_card_does_not_read_of_it(
    card: Card, owner: User, odile: User, drain_jobs: Drain, travel: Travel, letters: Letters
) -> None:
    card.watch(odile)
    said(card, "Quite private", owner, drain_jobs)
    db.session.execute(delete(Access).where(Access.user_id == odile.id))
    db.session.commit()
    travel(minutes=31)
    drain_jobs()
    assert letters() == []


def test_after_the_end_of_a_window_that_nobody_has_closed_what_is_new_is_in_its_letter(
    card: Card, owner: User, odile: User, drain_jobs: Drain, travel: Travel, letters: Letters
) -> None:
    """A fault of the design that this grew from: such a notification was never mailed."""
    said(card, "In time", odile, drain_jobs)
    travel(minutes=45)  # and no worker ran
    other = card.board.add_card("Sort the seeds", by=odile)
    other.watch(owner)
    event = other.comment("Late", odile).id
    assert event
    db.session.commit()
    drain_jobs()
    travel(hours=2)
    drain_jobs()
    told = "".join(text_of(letter) for letter in letters())
    assert "Interview the bakers" in told
    assert "Sort the seeds" in told


def test_a_sender_that_dies_between_closing_and_sending_loses_nothing(
    card: Card, odile: User, drain_jobs: Drain, travel: Travel, letters: Letters
) -> None:
    """The other fault: a crash between "processing" and "delivered" lost the letter."""
    said(card, "The rack", odile, drain_jobs)
    travel(minutes=31)
    bundle_id = db.session.scalars(select(Bundle.id)).one()
    assert Bundle.close(bundle_id)
    assert Bundle.claim(bundle_id, job_id=999_999) is not None
    db.session.commit()  # and here it dies
    deliver_bundles.run()
    db.session.commit()
    drain_jobs()
    assert letters() == []  # somebody may be at it
    travel(minutes=11)
    deliver_bundles.run()
    db.session.commit()
    drain_jobs()
    assert len(letters()) == 1
    assert states() == [State.SENT]


def test_what_comes_while_a_bundle_is_on_its_way_opens_the_next(
    card: Card, owner: User, odile: User, drain_jobs: Drain, travel: Travel, letters: Letters
) -> None:
    said(card, "The rack", odile, drain_jobs)
    travel(minutes=31)
    first = db.session.scalars(select(Bundle)).one()
    assert Bundle.close(first.id)
    assert Bundle.claim(first.id, job_id=1) is not None
    db.session.commit()
    said(card, "And the steam", odile, drain_jobs)
    assert states() == [State.CLOSED, State.OPEN]
    note = about(card, owner)
    assert note is not None
    assert note.bundle_id != first.id


def test_a_job_that_runs_again_takes_its_own_claim_up(
    card: Card, odile: User, drain_jobs: Drain, travel: Travel
) -> None:
    said(card, "The rack", odile, drain_jobs)
    travel(minutes=31)
    bundle_id = db.session.scalars(select(Bundle.id)).one()
    assert Bundle.close(bundle_id)
    assert not Bundle.close(bundle_id)
    assert Bundle.claim(bundle_id, job_id=7) is not None
    db.session.commit()
    assert Bundle.claim(bundle_id, job_id=8) is None
    assert Bundle.claim(bundle_id, job_id=7) is not None


def test_nobody_has_two_open_bundles(card: Card, owner: User, odile: User, drain_jobs: Drain) -> None:
    said(card, "The rack", odile, drain_jobs)
    db.session.add(Bundle(user_id=owner.id, ends_at=now()))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_many_workers_tell_one_person_and_open_one_bundle(
    app: Flask, card: Card, odile: User, owner: User, drain_jobs: Drain
) -> None:
    for number in range(8):
        other = card.board.add_card(f"Card {number}", by=odile)
        other.watch(owner)
        db.session.flush()
        other.comment("Hm", odile)
    db.session.commit()
    ids = list(db.session.scalars(select(Event.id).filter_by(kind="comment_created")))
    db.session.rollback()

    def tell(event_id: int) -> None:
        with app.app_context():
            notify.run(event_ids=[event_id])
            db.session.commit()

    threads = [threading.Thread(target=tell, args=(id,)) for id in ids]  # noqa: A001
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert states() == [State.OPEN]
    assert set(db.session.scalars(select(Notification.bundle_id))) == {db.session.scalars(select(Bundle.id)).one()}


def test_who_wants_no_bundles_has_none(card: Card, owner: User, odile: User, drain_jobs: Drain) -> None:
    change_pace(owner, Pace.NEVER)
    db.session.commit()
    said(card, "The rack", odile, drain_jobs)
    assert states() == []
    assert about(card, owner) is not None


def test_choosing_never_drops_what_waits(
    card: Card, owner: User, odile: User, drain_jobs: Drain, travel: Travel, letters: Letters
) -> None:
    said(card, "The rack", odile, drain_jobs)
    change_pace(owner, Pace.NEVER)
    db.session.commit()
    travel(minutes=31)
    drain_jobs()
    assert letters() == []
    assert states() == [State.DROPPED]


def test_choosing_another_pace_sends_what_waits_now(
    card: Card, owner: User, odile: User, drain_jobs: Drain, letters: Letters
) -> None:
    said(card, "The rack", odile, drain_jobs)
    change_pace(owner, Pace.WEEKLY)
    db.session.commit()
    drain_jobs()
    assert len(letters()) == 1


def test_nothing_is_sent_in_quiet_hours(
    card: Card, owner: User, odile: User, drain_jobs: Drain, travel: Travel, letters: Letters
) -> None:
    owner.zone = "UTC"
    present = now()
    theirs = Preferences.kept(owner)
    theirs.quiet_from = (present + timedelta(minutes=10)).time()
    theirs.quiet_to = (present + timedelta(hours=3)).time()
    said(card, "The rack", odile, drain_jobs)
    travel(hours=2)
    drain_jobs()
    assert letters() == []
    travel(hours=2)
    drain_jobs()
    assert len(letters()) == 1


def test_who_has_left_gets_no_letter(
    card: Card, owner: User, odile: User, drain_jobs: Drain, travel: Travel, letters: Letters
) -> None:
    card.watch(odile)
    said(card, "The rack", owner, drain_jobs)
    odile.deactivate()
    db.session.commit()
    travel(minutes=31)
    drain_jobs()
    assert letters() == []
    assert states() == [State.DROPPED]


def test_where_an_address_is_known_in_several_spaces_the_subject_says_which(
    card: Card, owner: User, odile: User, drain_jobs: Drain, travel: Travel, letters: Letters
) -> None:
    Account.open("Elsewhere", owner_name="Ada Field", email=owner.email)
    said(card, "The rack", odile, drain_jobs)
    travel(minutes=31)
    drain_jobs()
    assert letters()[0]["Subject"] == f"{owner.account.name}: Interview the bakers"


def test_daily_bundles_go_at_the_persons_hour(card: Card, owner: User, odile: User, drain_jobs: Drain) -> None:
    owner.zone = "America/New_York"
    theirs = Preferences.kept(owner)
    theirs.pace, theirs.hour = Pace.DAILY, time(7)
    said(card, "The rack", odile, drain_jobs)
    ends_at = db.session.scalars(select(Bundle.ends_at)).one()
    assert f"{ends_at.astimezone(owner.timezone):%H:%M}" == "07:00"
    assert timedelta() < ends_at - now() <= timedelta(hours=25)


def test_what_was_read_is_not_sent_for_news_that_is_only_for_the_bell(
    card: Card, owner: User, odile: User, drain_jobs: Drain, travel: Travel, letters: Letters
) -> None:
    Preferences.kept(owner).choose({CHANGES.name: [Way.BELL], BOARDS.name: [Way.BELL]})
    said(card, "The rack", odile, drain_jobs)
    read(owner, card)
    card.close(odile)
    db.session.commit()
    drain_jobs()
    told = about(card, owner)
    assert told is not None
    assert told.unread
    travel(minutes=31)
    drain_jobs()
    assert letters() == []


def read(person: User, card: Card) -> None:
    told = about(card, person)
    assert told is not None
    told.read()
    db.session.commit()


def test_two_boards_of_one_name_are_two_chapters(
    board: Board, card: Card, owner: User, odile: User, drain_jobs: Drain, travel: Travel, letters: Letters
) -> None:
    twin = Board.create(board.name, by=owner, columns=[])
    twin.grant([odile])
    plum = twin.add_card("Plum tree", by=owner)
    said(plum, "Ripe?", odile, drain_jobs)
    said(card, "Ready?", odile, drain_jobs)
    travel(minutes=31)
    drain_jobs()
    (letter,) = [each for each in letters() if "ada@" in each["To"]]
    assert html_of(letter).count(f"<h2>{board.name}</h2>") == 2
