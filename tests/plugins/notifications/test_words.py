"""What happened, in a sentence, and when."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from host import Board, Card, User, db, now
from plugins.notifications import words
from plugins.notifications.facts import Facts, excerpt
from plugins.notifications.groups import when, window
from plugins.notifications.models import Notification
from plugins.notifications.notes import Note

Told = Callable[[User], list[Note]]


def test_a_comment_that_is_gone_is_told_without_its_words(card: Card, owner: User, odile: User, told: Told) -> None:
    comment = card.comment("Forget this", odile)
    told(owner)
    db.session.delete(comment)
    assert [note.text for note in told(owner)] == ["Odile Marsh commented."]


def test_a_long_comment_is_cut_between_words() -> None:
    cut = excerpt("word " * 100)
    assert len(cut) <= 201
    assert cut.endswith("word…")


def test_a_comment_is_told_without_its_marks() -> None:
    assert (
        excerpt("# Racks\n\nThe **rack**, [not](https://example.org) the portrait")
        == "Racks The rack, not the portrait"
    )


def test_being_let_off_is_told_to_the_person_and_to_others(
    card: Card, owner: User, odile: User, member: User, told: Told
) -> None:
    card.assign(odile, by=owner)
    told(owner)
    card.unassign(odile, by=member)
    assert told(odile)[0].text == "Ben Hollow took this from you."
    assert told(owner)[0].text == "Ben Hollow took this from Odile Marsh."


def test_somebody_who_left_the_space_is_still_named(card: Card, owner: User, odile: User, told: Told) -> None:
    card.comment("Bye", odile)
    told(owner)
    odile.active = False
    assert told(owner)[0].text == "Odile Marsh: “Bye”"


def test_a_move_between_boards_names_the_new_one(
    board: Board, card: Card, owner: User, odile: User, told: Told
) -> None:
    card.move_to(Board.create("Shop", by=odile), odile)
    assert told(owner)[0].text == "Odile Marsh moved this to the board Shop."


def test_a_kind_that_is_not_known_here_is_told_all_the_same(card: Card) -> None:
    told = Notification(card=card, kind="garden.watered", data={})
    assert words.sentence(told, Facts(1)) == "System changed this."
    db.session.rollback()


@pytest.mark.parametrize(
    ("untouched", "said"),
    [
        (timedelta(days=30, hours=2), "Rested after 30 days."),
        (timedelta(days=1), "Rested after 1 day."),
        (timedelta(hours=5, minutes=59), "Rested after 5 hours."),
        (timedelta(seconds=70), "Rested after 1 minute."),
        (timedelta(seconds=3), "Rested after 1 minute."),
    ],
)
def test_how_long_a_card_lay_untouched(untouched: timedelta, said: str, card: Card) -> None:
    data = {"last_active_at": (now() - untouched).isoformat()}
    told = Notification(card=card, kind="card_auto_postponed", data=data, updated_at=now())
    assert words.sentence(told, Facts(1)) == f"{said} Touch it to bring it back."
    db.session.rollback()


@pytest.fixture
def noon(travel: Callable[..., None]) -> datetime:
    """A Saturday at twelve o'clock on this computer, from which the test looks back."""
    wanted = datetime(2030, 8, 17, 12, 0).astimezone()
    travel(seconds=(wanted - now()).total_seconds())
    return wanted


@pytest.mark.parametrize(
    ("ago", "name", "time"),
    [
        (timedelta(seconds=5), "Last 30 minutes", "just now"),
        (timedelta(minutes=1, seconds=5), "Last 30 minutes", "1 minute ago"),
        (timedelta(minutes=29), "Last 30 minutes", "29 minutes ago"),
        (timedelta(minutes=31), "Earlier today", "11:29"),
        (timedelta(hours=12), "Earlier today", "00:00"),
        (timedelta(hours=12, minutes=1), "Yesterday", "23:59"),
        (timedelta(hours=37), "Thursday 15 August", "23:00"),
        (timedelta(days=365), "Friday 17 August 2029", "12:00"),
    ],
)
def test_the_window_that_a_moment_lies_in(noon: datetime, ago: timedelta, name: str, time: str) -> None:
    assert (window(noon - ago), when(noon - ago)) == (name, time)


def test_half_an_hour_reaches_over_midnight(noon: datetime, travel: Callable[..., None]) -> None:
    travel(hours=12, minutes=10)
    assert window(noon + timedelta(hours=11, minutes=50)) == "Last 30 minutes"
