"""A sweep is told of in one word to each person."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from host import Board, Card, Event, Flock, User, db
from plugins.notifications import notify
from plugins.notifications.models import Notification
from plugins.notifications.notes import Note

Told = Callable[[User], list[Note]]
Sweep = Callable[..., None]


@pytest.fixture
def sweep(owner: User, drain_jobs: Callable[[], int]) -> Sweep:
    """`sweep("monday", some, cards)`: these rest by themselves, in a batch that is told of at once."""

    def rest(name: str, *cards: Card) -> None:
        db.session.flush()
        Flock.awake([card.id for card in cards]).postpone(owner, sweep=name)
        drain_jobs()
        db.session.expire_all()

    return rest


@pytest.fixture
def cards(board: Board, owner: User, drain_jobs: Callable[[], int]) -> list[Card]:
    """Five cards that Ada added and watches."""
    cards = [board.add_card(f"Card {number}", by=owner) for number in range(1, 6)]
    drain_jobs()
    return cards


def test_several_cards_are_told_of_in_one_word(cards: list[Card], owner: User, sweep: Sweep, told: Told) -> None:
    sweep("monday", *cards)
    (note,) = told(owner)
    assert (note.title, note.text) == ("5 cards rested", "On Launch. Touch one to bring it back.")
    assert (note.told.card, note.told.creator, note.told.unread_count) == (None, None, 1)


def test_the_owner_is_told_although_it_happens_in_their_name(
    cards: list[Card], owner: User, sweep: Sweep, told: Told
) -> None:
    sweep("monday", cards[0])
    assert len(told(owner)) == 1


def test_one_card_is_told_of_by_its_name(
    cards: list[Card], owner: User, sweep: Sweep, told: Told, travel: Callable[..., None]
) -> None:
    travel(days=30, minutes=20)
    sweep("monday", cards[0])
    (note,) = told(owner)
    assert (note.title, note.text) == ("Card 1", "Rested after 30 days. Touch it to bring it back.")


def test_each_person_hears_of_their_own_cards(
    cards: list[Card], owner: User, odile: User, sweep: Sweep, told: Told
) -> None:
    cards[2].assign(odile, by=odile)
    told(odile)
    sweep("monday", *cards)
    assert [note.title for note in told(odile)] == ["Card 3"]
    assert told(owner)[0].title == "5 cards rested"


def test_a_sweep_of_many_batches_is_one_notification(cards: list[Card], owner: User, sweep: Sweep, told: Told) -> None:
    for card in cards:
        sweep("monday", card)
    (note,) = told(owner)
    assert (note.title, note.told.unread_count) == ("5 cards rested", 1)


def test_a_batch_after_it_was_read_makes_it_unread(cards: list[Card], owner: User, sweep: Sweep, told: Told) -> None:
    sweep("monday", *cards[:3])
    told(owner)[0].told.read()
    sweep("monday", *cards[3:])
    (note,) = told(owner)
    assert (note.title, note.told.unread) == ("5 cards rested", True)


def test_two_sweeps_are_two_notifications(cards: list[Card], owner: User, sweep: Sweep, told: Told) -> None:
    sweep("monday", *cards[:2])
    sweep("tuesday", *cards[2:])
    assert [note.title for note in told(owner)] == ["3 cards rested", "2 cards rested"]


def test_what_else_is_unread_of_a_card_is_not_lost_in_the_sweep(
    cards: list[Card], owner: User, odile: User, sweep: Sweep, told: Told
) -> None:
    cards[0].comment("Still on it?", odile)
    told(owner)
    sweep("monday", cards[0])
    sweep("monday", *cards[1:])
    several, one = told(owner)
    assert several.title == "5 cards rested"
    assert (one.title, one.told.unread_count) == ("Card 1", 2)


def test_a_comment_in_the_midst_of_a_sweep_keeps_its_card(
    cards: list[Card], owner: User, odile: User, sweep: Sweep, told: Told
) -> None:
    sweep("monday", cards[0])
    cards[0].comment("Still on it", odile)
    told(owner)
    sweep("monday", cards[1])
    assert [note.text for note in told(owner)] == [
        "Rested after 1 minute. Touch it to bring it back.",
        "Odile Marsh: “Still on it”",
    ]


def test_cards_on_several_boards_are_told_of_together(cards: list[Card], owner: User, sweep: Sweep, told: Told) -> None:
    other = Board.create("Shop", by=owner)
    sweep("monday", cards[0], other.add_card("Count the jars", by=owner))
    assert told(owner)[0].text == "On 2 boards. Touch one to bring it back."


def test_a_job_of_five_hundred_events_writes_one_row_for_each_person(board: Board, owner: User, odile: User) -> None:
    cards = [board.add_card(f"Card {number}", by=owner) for number in range(60)]
    for card in cards:
        card.watch(odile)
    db.session.flush()
    events = Flock.awake([card.id for card in cards]).postpone(owner, sweep="monday")
    notify.run(event_ids=list(events.ids))
    assert db.session.scalars(select(func.count()).select_from(Notification)).one() == 2


def test_two_workers_at_once_tell_a_sweep_in_one_row(app: Flask, cards: list[Card], owner: User) -> None:
    events = Flock.awake([card.id for card in cards[:4]]).postpone(owner, sweep="monday")
    db.session.commit()
    both = Barrier(2)

    def work(*event_ids: int) -> None:
        with app.app_context():
            both.wait()
            notify.run(event_ids=list(event_ids))
            db.session.commit()

    with ThreadPoolExecutor(2) as workers:
        list(workers.map(work, events.ids[:2], events.ids[2:]))
    row = db.session.scalars(select(Notification).filter_by(key=f"sweep:{owner.account_id}:monday")).one()
    assert row.data["cards"] == 4


def test_the_events_keep_since_when_a_card_lay(cards: list[Card], owner: User, travel: Callable[..., None]) -> None:
    touched = cards[0].last_active_at
    travel(days=31)
    Flock.awake([cards[0].id]).postpone(owner, sweep="monday")
    particulars = db.session.scalars(select(Event.particulars).filter_by(kind="card_auto_postponed")).one()
    assert particulars["last_active_at"] == touched.isoformat()
    assert particulars["sweep"] == "monday"
