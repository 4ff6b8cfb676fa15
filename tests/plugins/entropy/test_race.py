"""Sweeps and undos among people who comment, move and choose periods at the same time: threads with connections of
their own, on a real file and on PostgreSQL."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier

import pytest
from sqlalchemy import func, select

from host import Board, Card, Comment, Event, Fault, Place, Postponement, User, db
from host.models.card.consistency import misplaced
from plugins.entropy import sweep
from plugins.entropy.models import BoardEntropy
from plugins.entropy.rested import Rested
from plugins.entropy.run import Run

from .conftest import DAY

CARDS, TIMES = 60, 20
HUMAN = ("comment_created", "card_triaged")


class Field:
    """What each of them does, again and again."""

    def __init__(self, app, board, owner):
        self.app, self.board_id, self.owner_id = app, board.id, owner.id
        self.comments = 0

    def together(self, *works):
        db.session.commit()  # ours would keep the others from writing
        start = Barrier(len(works))

        def alone(number, work):
            chance = Random(number)
            with self.app.app_context():
                owner, board = db.session.get_one(User, self.owner_id), db.session.get_one(Board, self.board_id)
                db.session.rollback()
                start.wait()
                for _time in range(TIMES):
                    work(chance, owner, board)

        with ThreadPoolExecutor(len(works)) as threads:
            for done in [threads.submit(alone, number, work) for number, work in enumerate(works)]:
                done.result(120)

    def sweep(self, _chance, _owner, _board):
        sweep.run()

    def comment(self, chance, owner, _board):
        owner.card(chance.randint(1, CARDS)).comment("Still on it", owner)
        db.session.commit()
        self.comments += 1

    def move(self, chance, owner, board):
        owner.card(chance.randint(1, CARDS)).triage_into(chance.choice(board.columns), owner)
        db.session.commit()

    def choose(self, chance, _owner, board):
        BoardEntropy.choose(board, chance.choice([30 * DAY, 3600, None]))
        db.session.commit()

    def undo(self, chance, owner, _board):
        runs = db.session.scalars(select(Run).where(Run.undone_at.is_(None))).all()
        try:
            if runs:
                chance.choice(runs).undo(owner)
            db.session.commit()
        except Fault:
            db.session.rollback()


@pytest.fixture
def field(app, board, owner, aged, batches_of):
    batches_of(3)
    aged(board, CARDS, column=board.columns[0], days=31)
    return Field(app, board, owner)


def test_nothing_is_lost_and_nothing_told_twice(field):
    field.together(field.sweep, field.comment, field.move, field.choose, field.undo)
    assert db.session.scalar(select(func.count()).select_from(Comment)) == field.comments == TIMES
    assert db.session.scalars(misplaced()).all() == []
    each_rest_has_one_event()
    each_rest_that_lasts_has_one_row()
    nobody_who_was_touched_rests_by_itself()
    each_undo_has_one_event()


def test_two_sweeps_at_once_rest_each_card_once(field):
    field.together(field.sweep, field.sweep)
    each_rest_has_one_event()
    assert sum(db.session.scalars(select(Run.cards))) == CARDS
    assert set(db.session.scalars(select(Card.place))) == {Place.NOT_NOW}


def test_two_undos_at_once_put_each_card_back_once(field):
    sweep.run()
    field.together(field.undo, field.undo)
    each_undo_has_one_event()
    assert db.session.scalars(select(Run.put_back)).all() == [CARDS]
    assert set(db.session.scalars(select(Card.place))) == {Place.COLUMN}


def each_rest_has_one_event():
    told = Counter(
        (event.card_id, event.particulars["sweep"])
        for event in db.session.scalars(select(Event).filter_by(kind="card_auto_postponed"))
    )
    rows = db.session.execute(select(Rested.card_id, Run.at).join(Run, Run.id == Rested.run_id))
    assert told == Counter((card_id, at.isoformat()) for card_id, at in rows)
    assert set(told.values()) <= {1}


def each_rest_that_lasts_has_one_row():
    resting = db.session.scalars(select(Card.id).filter_by(place=Place.NOT_NOW).order_by(Card.id)).all()
    assert db.session.scalars(select(Postponement.card_id).order_by(Postponement.card_id)).all() == resting


def nobody_who_was_touched_rests_by_itself():
    """The periods are longer than the test: once touched, a card is not due any more."""
    touched = select(Event.card_id, func.min(Event.id)).where(Event.kind.in_(HUMAN)).group_by(Event.card_id)
    first = dict(db.session.execute(touched).all())
    for event in db.session.scalars(select(Event).filter_by(kind="card_auto_postponed")):
        assert event.id < first.get(event.card_id, event.id + 1)
    activity = select(Card, func.max(Event.at)).join(Event, Event.card_id == Card.id).where(Event.kind.in_(HUMAN))
    for card, at in db.session.execute(activity.group_by(Card.id)):
        assert card.last_active_at == at


def each_undo_has_one_event():
    back = db.session.scalar(select(func.count()).select_from(Event).filter_by(kind="card_put_back"))
    assert back == sum(db.session.scalars(select(Run.put_back)))
