"""Many cards that rest by themselves at once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import literal, select, text, union_all

from host.clock import now
from host.db import Id, Moment, db
from host.eventlog import listeners
from host.events import RecordedBatch
from host.models import Account, Board, Card, Event, Goldness, Place, Postponement, User
from host.models.card import Flock
from host.models.card.consistency import misplaced
from tests.patience import PATIENCE, until


@pytest.fixture
def rest(board: Board, owner):
    """rest(conditions): the titles of the cards that rest now, in the order of their events."""

    def sweep(*conditions, **particulars) -> list[str]:
        every = db.session.scalars(db.select(Card.id)).all()
        batch = Flock.awake(every, *conditions).postpone(owner, **particulars)
        return [db.session.get_one(Card, card_id).title for card_id in batch.card_ids]

    return sweep


def test_a_card_that_rests_by_itself_leaves_column_and_spike_and_its_clock_starts(board, owner, rest, travel):
    card = board.add_card("Reeds", column=board.columns[0])
    card.activity_spike_at = left_at = card.last_active_at
    travel(days=31)
    before = now()
    assert rest(sweep="monday") == ["Reeds"]
    db.session.commit()
    assert (card.place, card.column, card.activity_spike_at) == (Place.NOT_NOW, None, None)
    assert before <= card.last_active_at == card.postponement.at <= now()
    assert (card.postponement.creator, card.postponement.automatic) == (owner, True)
    event = db.session.scalars(db.select(Event).order_by(Event.id.desc())).first()
    assert (event.kind, event.card, event.creator, event.automatic) == ("card_auto_postponed", card, owner, True)
    assert (event.board_id, event.account_id, event.at) == (board.id, owner.account_id, card.last_active_at)
    lay = {"column_id": board.columns[0].id, "last_active_at": left_at.isoformat()}
    assert event.particulars == {**lay, "sweep": "monday"}


def test_only_what_is_awake_rests_and_a_second_sweep_finds_nothing(board, owner, rest):
    board.add_card("maybe")
    working, resting, done = (board.add_card(title) for title in ("working", "resting", "done"))
    working.triage_into(board.columns[0], owner)
    resting.postpone(owner)
    done.close(owner)
    db.session.commit()
    assert set(rest()) == {"maybe", "working"}
    assert rest() == []
    assert (done.place, resting.postponement.automatic) == (Place.DONE, False)
    assert db.session.scalars(misplaced()).all() == []


def test_the_longest_untouched_rest_first(board, rest, travel):
    _newest, oldest, older = (board.add_card(title) for title in ("newest", "oldest", "older"))
    for card, days in ((oldest, 9), (older, 5)):
        card.last_active_at -= timedelta(days=days)
    db.session.commit()
    assert rest() == ["oldest", "older", "newest"]


def test_only_those_that_were_asked_for_rest(board, owner):
    asked, other = board.add_card("asked"), board.add_card("other")
    assert Flock.awake([asked.id]).ids == [asked.id]
    Flock.awake([asked.id]).postpone(owner)
    assert (asked.place, other.place) == (Place.NOT_NOW, Place.MAYBE)


def test_only_what_meets_the_conditions_rests(board, owner, rest):
    board.add_card("stays")
    board.add_card("goes")
    elsewhere = Board.create("Elsewhere", by=owner).add_card("goes")
    assert rest(Card.title == "goes", Card.board_id == board.id) == ["goes"]
    assert elsewhere.place is Place.MAYBE


def test_what_was_changed_in_the_same_transaction_counts(board, owner, rest, travel):
    reeds, rye = board.add_card("Reeds"), board.add_card("Rye")
    db.session.commit()
    stale = Card.last_active_at <= reeds.last_active_at
    travel(days=1)
    rye.close(owner)
    reeds.comment("Still on it", owner)
    assert rest(stale) == []
    assert (reeds.place, rye.place) == (Place.MAYBE, Place.DONE)


def test_it_can_be_taken_back_with_its_transaction(board, owner, rest):
    card = board.add_card("Reeds")
    db.session.commit()
    rest()
    db.session.rollback()
    assert (card.place, card.postponement) == (Place.MAYBE, None)


def test_a_card_wakes_from_it_as_from_any_rest(board, owner, rest):
    card = board.add_card("Reeds")
    rest()
    assert (card.place, card.postponement.automatic) == (Place.NOT_NOW, True)
    card.triage_into(board.columns[1], owner)
    db.session.commit()
    assert (card.place, card.postponement) == (Place.COLUMN, None)
    assert rest() == ["Reeds"]


@pytest.mark.parametrize("spaces", [1, 2])
def test_however_many_it_is_one_look_and_three_writes(owner, statements, spaces):
    people = [owner, Account.open("Forest", owner_name="Eve", email=None)][:spaces]
    for person in people:
        board = Board.create("Field", by=person)
        for number in range(30):
            board.add_card(str(number))
    db.session.commit()
    every = db.session.scalars(db.select(Card.id)).all()
    assert owner.id
    with statements() as seen:
        assert len(Flock.awake(every).postpone(owner).ids) == 30 * spaces
    looks = ["SELECT"] if db.engine.dialect.name == "sqlite" else ["SELECT", "SELECT"]
    assert [each.split()[0] for each in seen] == [*looks, "INSERT", "INSERT", "UPDATE"]
    assert db.session.scalar(db.select(db.func.count(Postponement.id))) == 30 * spaces


def lay(*cards):
    """What a plugin remembers of cards, as `put_back` takes it."""
    rows = [
        select(
            literal(card.id, Id).label("card_id"),
            literal(card.column_id, Id).label("column_id"),
            literal(card.last_active_at, Moment).label("last_active_at"),
        )
        for card in cards
    ]
    everything = union_all(*rows).subquery()
    return select(everything)


def test_cards_are_put_back_with_column_and_age_and_it_is_in_their_story(board, owner, travel):
    reeds, rye = board.add_card("Reeds", column=board.columns[1]), board.add_card("Rye")
    travel(days=31)
    db.session.flush()
    was, ages = lay(reeds, rye), [reeds.last_active_at, rye.last_active_at]
    ids = [reeds.id, rye.id]
    Flock.awake(ids).postpone(owner)
    told = Flock.resting(ids).put_back(was, owner)
    db.session.commit()
    assert [card.last_active_at for card in (reeds, rye)] == ages
    assert (reeds.place, reeds.column, reeds.postponement) == (Place.COLUMN, board.columns[1], None)
    assert (rye.place, rye.column, rye.postponement) == (Place.MAYBE, None, None)
    events = db.session.scalars(select(Event).filter_by(kind="card_put_back").order_by(Event.id)).all()
    assert [event.id for event in events] == list(told.ids)
    assert {(event.creator_id, event.automatic) for event in events} == {(owner.id, False)}
    assert db.session.scalars(misplaced()).all() == []


def test_a_column_that_is_another_boards_by_now_is_maybe(board, owner):
    elsewhere = Board.create("Elsewhere", by=owner, columns=["Other"])
    card, other = board.add_card("Reeds"), elsewhere.add_card("Rye", column=elsewhere.columns[0])
    db.session.flush()
    was = select(
        literal(card.id, Id).label("card_id"),
        literal(other.column_id, Id).label("column_id"),
        literal(card.last_active_at, Moment).label("last_active_at"),
    )
    Flock.awake([card.id]).postpone(owner)
    Flock.resting([card.id]).put_back(was, owner)
    assert (card.place, card.column) == (Place.MAYBE, None)


def test_only_what_rests_and_meets_the_conditions_is_taken_hold_of(board, owner):
    resting, awake, done = (board.add_card(title) for title in ("resting", "awake", "done"))
    resting.postpone(owner)
    done.close(owner)
    db.session.flush()
    ids = [resting.id, awake.id, done.id]
    assert Flock.resting(ids).ids == [resting.id]
    assert Flock.resting(ids, Card.title == "awake").ids == []


def test_an_empty_flock_changes_nothing(board, owner):
    card = board.add_card("Reeds")
    db.session.flush()
    assert Flock([]).postpone(owner).ids == Flock([]).put_back(lay(card), owner).ids == ()
    assert card.place is Place.MAYBE


def test_a_card_that_is_deleted_after_all_is_not_told_of(board, owner, drain_jobs):
    reeds, rye = board.add_card("Reeds"), board.add_card("Rye")
    db.session.commit()
    heard = []
    listeners.append(heard.extend)
    try:
        Flock.awake([reeds.id, rye.id]).postpone(owner)
        reeds.delete(by=owner)
        db.session.commit()
    finally:
        listeners.remove(heard.extend)
    assert [each.card_ids for each in heard if isinstance(each, RecordedBatch)] == [(rye.id,)]


def test_what_somebody_wrote_elsewhere_with_a_card_in_hand_is_seen(app, board, owner):
    """A card that is only held, and not changed, does not make PostgreSQL look at other tables again by itself."""
    card = board.add_card("Reeds", by=owner)
    card.postpone(owner)
    db.session.commit()
    owner_id, card_id, number = owner.id, card.id, card.number
    db.session.rollback()
    in_hand, go_on = threading.Event(), threading.Event()

    def gild():
        with app.app_context():
            held = db.session.get_one(User, owner_id).card(number)
            db.session.add(Goldness(card_id=held.id, creator_id=owner_id))
            db.session.flush()
            in_hand.set()
            go_on.wait(PATIENCE)
            db.session.commit()

    def hold():
        with app.app_context():
            found = Flock.resting([card_id], ~Card.goldness.has()).ids
            db.session.rollback()
        return found

    with ThreadPoolExecutor(2) as threads:
        gilding = threads.submit(gild)
        assert in_hand.wait(PATIENCE)
        holding = threads.submit(hold)
        until(somebody_waits)
        go_on.set()
        gilding.result()
        assert holding.result() == []


def somebody_waits() -> bool:
    """For a lock of PostgreSQL's; on SQLite whoever writes waits anyway."""
    if db.engine.dialect.name == "sqlite":
        return True
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    with db.engine.connect() as connection:
        return bool(connection.scalar(text(waiting)))
