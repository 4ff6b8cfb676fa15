"""The place that lists and the sweep go by always says the same as the rows that say who and when."""

from importlib import import_module

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text, update

from host.db import db
from host.models import Board, Event, Place
from host.models.card import Flock
from host.models.card.card import Card
from host.models.card.consistency import misplaced

CARDS = 3
ACTIONS = (
    "close", "reopen", "postpone", "triage", "send back", "keep", "move", "sweep", "delete column", "commit", "undo"
)  # fmt: skip

once = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Field:
    """A board of its own for each example, and what may be done on it."""

    def __init__(self, owner):
        self.owner = owner
        self.board = Board.create("Field", by=owner, columns=["Writing", "Checking", "Ready"])
        self.other = Board.create("Other", by=owner, columns=["Elsewhere"])
        self.cards = [self.board.add_card(str(number)) for number in range(CARDS)]
        db.session.commit()

    def act(self, action, which, column):
        card = self.cards[which]
        columns = card.board.columns
        if action == "triage" and columns:
            card.triage_into(columns[column % len(columns)], self.owner)
        elif action == "delete column" and columns:
            columns[column % len(columns)].delete(by=self.owner)
        elif action == "move":
            card.move_to(self.other if card.board is self.board else self.board, self.owner)
        elif action == "sweep":
            Flock.awake([card.id for card in self.cards[:2]], Card.board_id == self.board.id).postpone(self.owner)
        else:
            self.simple(card, action)

    def simple(self, card, action):
        simple = {
            "close": card.close,
            "reopen": card.reopen,
            "postpone": card.postpone,
            "send back": card.send_back_to_triage,
            "keep": card.keep,
        }
        if action == "commit":
            db.session.commit()
        elif action == "undo":
            db.session.rollback()
        elif action in simple:
            simple[action](self.owner)


@once
@given(st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, CARDS - 1), st.integers(0, 2)), max_size=25))
def test_whatever_happens_the_place_is_in_step_with_its_rows(owner, doings):
    field = Field(owner)
    for doing in doings:
        field.act(*doing)
        assert db.session.scalars(misplaced()).all() == [], doing
    db.session.commit()
    db.session.expire_all()
    for card in field.cards:
        before = card.place
        card.settle()
        assert card.place is before
        assert (card.column is not None) <= (card.place in (Place.COLUMN, Place.DONE))
        assert card.column is None or card.column.board_id == card.board_id


@once
@given(st.lists(st.sampled_from(["close", "reopen", "postpone", "triage", "send back"]), max_size=15))
def test_closed_and_reopened_alternate_in_the_log(owner, doings):
    field = Field(owner)
    for action in doings:
        field.act(action, 0, 0)
    db.session.commit()
    kinds = list(db.session.scalars(db.select(Event.kind).filter_by(card_id=field.cards[0].id).order_by(Event.id)))
    doors = [kind for kind in kinds if kind in ("card_closed", "card_reopened")]
    assert doors == ["card_closed", "card_reopened"] * (len(doors) // 2) + ["card_closed"] * (len(doors) % 2)
    assert (field.cards[0].place is Place.DONE) is bool(len(doors) % 2)


def test_a_database_from_before_is_brought_in_step(board, owner):
    closed, resting, awake = (board.add_card(title, by=owner) for title in ("Closed", "Resting", "Awake"))
    closed.close(owner)
    resting.postpone(owner)
    db.session.flush()
    db.session.execute(update(Card).values(put_away_at=None))
    assert set(db.session.scalars(misplaced())) == {closed.id, resting.id}
    migration = import_module("host.migrations.0025_put_away")
    db.session.execute(text(migration.FILL))
    assert db.session.scalars(misplaced()).all() == []
    db.session.refresh(awake)
    assert awake.put_away_at is None
