"""The sweep: what was left untouched for too long goes to rest."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from host import Account, Board, Card, Column, Event, Flock, Pin, Place, Postponement, User, db, now
from host.db import Session
from plugins.entropy import sweep
from plugins.entropy.models import AccountEntropy, BoardEntropy

from .conftest import DAY


def test_a_card_rests_after_its_period(board, travel, places):
    card = board.add_card("Write the launch post")
    travel(days=30, seconds=-30)
    assert sweep.run() == "nothing to rest"
    travel(minutes=1)
    assert sweep.run() == "rested 1 card on 1 board"
    assert places(card) == ["not_now"]


def test_what_rests_leaves_its_column_and_its_spike_and_is_touched_now(board, aged):
    card = aged(board, column=board.columns[0], days=31)
    card.activity_spike_at = card.last_active_at
    db.session.commit()
    before = now()
    sweep.run()
    db.session.expire_all()
    assert (card.place, card.column, card.activity_spike_at) == (Place.NOT_NOW, None, None)
    assert before <= card.last_active_at <= now()
    assert card.postponement.automatic


def test_the_event_is_the_owners_and_marked_automatic(board, owner, aged):
    card = aged(board, column=board.columns[1], days=31)
    touched = card.last_active_at
    sweep.run()
    event = db.session.scalars(select(Event).filter_by(kind="card_auto_postponed")).one()
    assert (event.card_id, event.board_id, event.account_id) == (card.id, board.id, board.account_id)
    assert (event.creator_id, event.automatic, event.at) == (owner.id, True, card.last_active_at)
    assert event.particulars["column_id"] == board.columns[1].id
    assert event.particulars["last_active_at"] == touched.isoformat()


def test_all_cards_of_a_sweep_carry_its_name_and_another_sweep_has_another(board, other_board, aged):
    aged(board, days=31)
    aged(other_board, days=31)
    sweep.run()
    aged(board, days=31)
    sweep.run()
    names = [event.particulars["sweep"] for event in db.session.scalars(select(Event).filter_by(automatic=True))]
    assert len(names) == 3
    assert len(set(names)) == 2


def test_a_space_without_an_owner_rests_its_cards_by_the_system(board, owner, aged):
    aged(board, days=31)
    owner.role = "member"
    db.session.commit()
    sweep.run()
    assert db.session.scalars(select(Event).filter_by(automatic=True)).one().creator_id == board.account.system.id


def test_closed_and_resting_cards_and_drafts_are_let_be(board, owner, aged, places):
    closed, resting, draft, due = aged(board, 4, days=40)
    closed.close(owner)
    resting.postpone(owner)
    draft.place = Place.DRAFT
    for card in (closed, resting):
        card.last_active_at = now() - timedelta(days=40)
    db.session.commit()
    assert sweep.run() == "rested 1 card on 1 board"
    assert places(closed, resting, draft, due) == ["done", "not_now", "draft", "not_now"]
    assert not resting.postponement.automatic


def test_each_board_goes_by_its_own_clock(account, board, other_board, owner, aged, places):
    third = Board.create("Cellar", by=owner)
    AccountEntropy.choose(account, 14 * DAY)
    BoardEntropy.choose(other_board, 60)
    BoardEntropy.choose(third, None)
    cards = [aged(each, days=13) for each in (board, other_board, third)]
    old = [aged(each, days=1000) for each in (board, other_board, third)]
    assert sweep.run() == "rested 3 cards on 2 boards"
    assert places(*cards) == ["maybe", "not_now", "maybe"]
    assert places(*old) == ["not_now", "not_now", "maybe"]


def test_each_space_is_swept_in_its_own_owners_name(board, owner, aged):
    stranger = Account.open("Elsewhere", owner_name="Eve", email="eve@example.org")
    theirs = Board.create("Theirs", by=stranger)
    cards = aged(board, days=31), aged(theirs, days=31)
    assert sweep.run() == "rested 2 cards on 2 boards"
    rested = db.session.scalars(select(Event).filter_by(automatic=True))
    creators = {event.card_id: event.creator_id for event in rested}
    assert creators == {cards[0].id: owner.id, cards[1].id: stranger.id}


def test_pinned_and_assigned_and_golden_cards_rest_like_others(board, owner, aged, places):
    cards = pinned, given, golden = aged(board, 3, days=40)
    Pin.put(pinned, owner)
    given.assign(owner, owner)
    golden.gild(owner)
    given.last_active_at = pinned.last_active_at
    db.session.commit()
    sweep.run()
    assert places(*cards) == ["not_now"] * 3


def test_golden_cards_stay_awake_where_the_space_says_so(account, board, owner, aged, places):
    AccountEntropy.choose(account, 30 * DAY, golden_stays=True)
    golden, plain = aged(board, 2, days=40)
    golden.gild(owner)
    db.session.commit()
    assert sweep.run() == "rested 1 card on 1 board"
    assert places(golden, plain) == ["maybe", "not_now"]


def test_a_second_sweep_finds_nothing(board, aged):
    aged(board, 5, days=31)
    assert sweep.run() == "rested 5 cards on 1 board"
    assert sweep.run() == "nothing to rest"


def test_a_card_brought_back_has_its_whole_period_again(board, owner, aged, travel, places):
    card = aged(board, days=31)
    sweep.run()
    card.triage_into(board.columns[0], owner)
    db.session.commit()
    travel(days=29)
    assert sweep.run() == "nothing to rest"
    travel(days=2)
    assert sweep.run() == "rested 1 card on 1 board"
    assert db.session.scalars(select(Postponement).filter_by(card_id=card.id)).one().automatic


def test_a_kept_card_starts_again(board, owner, aged, places):
    kept, left = aged(board, 2, days=31)
    kept.keep(owner)
    db.session.commit()
    sweep.run()
    assert places(kept, left) == ["maybe", "not_now"]


def test_many_cards_rest_in_batches_the_longest_untouched_among_the_first(board, aged, batches_of, monkeypatch):
    monkeypatch.setattr(sweep, "CHOSEN", 5)
    batches_of(4)
    young, old = aged(board, 5, days=31), aged(board, 5, days=60)
    assert sweep.run() == "rested 10 cards on 1 board"
    resting = db.session.scalars(select(Event.card_id).filter_by(automatic=True).order_by(Event.id)).all()
    assert resting == [card.id for card in (*old, *young)]


def test_a_batch_that_is_just_full_is_not_the_last(board, aged, batches_of):
    batches_of(2)
    aged(board, 4, days=31)
    assert sweep.run() == "rested 4 cards on 1 board"


def test_many_cards_take_no_more_statements_than_one(board, aged, statements, batches_of):
    batches_of(100)
    aged(board, days=31)
    with statements() as for_one:
        sweep.run()
    aged(board, 60, days=31)
    with statements() as for_many:
        sweep.run()
    told = "pg_notify"  # to open pages, in letters of a bounded size
    assert len([sql for sql, _ in for_many if told not in sql]) == len([sql for sql, _ in for_one if told not in sql])


def test_a_comment_between_two_batches_wins(board, aged, places, batches_of, monkeypatch):
    batches_of(1)
    first, second, third = aged(board, 3, days=31)
    committed = []

    def somebody_comments(_session):
        committed.append(None)
        if len(committed) == 1:
            with db.engine.begin() as elsewhere:
                elsewhere.execute(update(Card).where(Card.id == second_id).values(last_active_at=now()))

    second_id = second.id
    db.session.commit()
    monkeypatch.setattr(Session, "after_commit", [*Session.after_commit, somebody_comments])
    assert sweep.run() == "rested 2 cards on 1 board"
    assert places(first, second, third) == ["not_now", "maybe", "not_now"]


def test_a_card_that_somebody_has_in_hand_is_passed_over(database, board, owner, aged, places, elsewhere):
    if database.name == "sqlite":
        pytest.skip("SQLite has one writer at a time: nobody can be in the middle of a change while the sweep writes")
    busy, left = aged(board, 2, days=31)
    in_hand = owner.card(busy.number)
    assert elsewhere(sweep.run) == "rested 1 card on 1 board"
    in_hand.comment("Still on it", owner)
    db.session.commit()
    assert sweep.run() == "nothing to rest"
    assert places(busy, left) == ["maybe", "not_now"]


def test_who_comes_while_the_sweep_writes_finds_the_card_resting(database, board, owner, aged, places, elsewhere):
    if database.name == "sqlite":
        pytest.skip("SQLite has one writer at a time: whoever comes waits before they have read anything")
    card = aged(board, column=board.columns[0], days=31)
    number, column_id, owner_id = card.number, board.columns[1].id, owner.id
    Flock.awake([card.id]).postpone(owner)

    def move():
        person = db.session.get_one(User, owner_id)
        person.card(number).triage_into(db.session.get_one(Column, column_id), person)  # waits for the sweep
        db.session.commit()

    with ThreadPoolExecutor(1) as somebody:
        moved = somebody.submit(elsewhere, move)
        with pytest.raises(TimeoutError):
            moved.result(0.3)
        db.session.commit()
        moved.result(10)
    assert places(card) == ["column"]
    assert card.postponement is None


def test_the_sweep_finds_its_cards_by_the_index_of_those_awake(board, other_board, aged, statements, plan):
    aged(board, days=31)
    BoardEntropy.choose(other_board, 60)
    with statements() as seen:
        sweep.run()
    reads = [(sql, parameters) for sql, parameters in seen if "ORDER BY card.last_active_at" in sql and "LIMIT" in sql]
    assert len(reads) == 2  # one for each period
    for sql, parameters in reads:
        assert "ix_card_awake" in plan(sql, parameters)


def test_a_batch_looks_at_its_own_cards_by_their_keys(database, board, aged, statements, plan):
    aged(board, days=31)
    with statements() as seen:
        sweep.run()
    kinds = ("SELECT card.id", "INSERT INTO", "UPDATE card")
    batch = [each for each in seen if each[0].startswith(kinds) and "LIMIT" not in each[0] and "FROM card" in each[0]]
    looks = 1 if database.name == "sqlite" else 2  # PostgreSQL looks again once it has the locks
    assert len(batch) == looks + 4  # what is locked; what was; the log; the rests; the numbers for open pages
    changes = [each for each in seen if each[0].startswith("UPDATE card")]
    by_key = "USING INTEGER PRIMARY KEY" if database.name == "sqlite" else "pk_card"
    for sql, parameters in [*batch, *changes]:
        assert by_key in plan(sql, parameters), sql


def test_as_a_task_it_leaves_its_summary(app, board, aged, drain_jobs):
    from host import Job, schedule

    aged(board, 2, days=31)
    job = schedule(sweep.run)
    drain_jobs()
    db.session.expire_all()
    done = db.session.get_one(Job, job.id)
    assert (done.state.value, done.summary) == ("done", "rested 2 cards on 1 board")
