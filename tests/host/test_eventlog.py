"""The log: what is written, what counts as activity, and who hears of it and when."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from sqlalchemy import select

from host import eventlog
from host.clock import now
from host.db import db
from host.eventlog import record, record_history, record_rows
from host.events import CARD_CLOSED, CARD_KEPT, CARD_POSTPONED, KINDS, kind
from host.models import Board, Card, Event, User

TOUCHING = {
    "card_title_changed", "card_triaged", "card_sent_back_to_triage", "card_closed", "card_reopened", "card_postponed",
    "card_auto_postponed", "card_assigned", "card_unassigned", "card_board_changed", "card_kept", "comment_created",
}  # fmt: skip
QUIET = {
    "card_published", "card_put_back", "card_description_changed", "card_deleted", "board_created", "column_deleted",
    "notice",
}  # fmt: skip


@pytest.fixture
def card(board: Board) -> Card:
    card = board.add_card("Cut the reeds")
    db.session.commit()
    return card


@pytest.fixture
def told(app):
    """What listeners heard: a list of kinds for each time."""
    times: list[list[str]] = []

    def hear(events):
        times.append([event.kind for event in events])

    eventlog.listeners.append(hear)
    yield times
    eventlog.listeners.remove(hear)


def logged() -> list[str]:
    return list(db.session.scalars(select(Event.kind).order_by(Event.id)))


@contextmanager
def undone() -> Iterator[None]:
    """A savepoint that is taken back at its end."""
    with suppress(ZeroDivisionError), db.session.begin_nested():
        yield
        raise ZeroDivisionError


def row(card: Card, **more) -> dict:
    """An event of the card, as for `record_rows`."""
    place = {"account_id": card.account_id, "board_id": card.board_id, "card_id": card.id, "creator_id": None}
    return {"kind": "card_closed", **place, "automatic": False, "at": now(), "particulars": {}, **more}


def test_what_is_activity_is_declared_with_each_kind():
    """product.md, section 2: what counts as activity."""
    host = {name: each.touches for name, each in KINDS.items() if "." not in name}
    assert {name for name in host if host[name]} >= TOUCHING
    assert {name for name in host if not host[name]} >= QUIET


def test_a_kind_is_declared_once():
    assert kind("card_closed", touches=True) is CARD_CLOSED
    with pytest.raises(ValueError, match="card_closed is declared twice"):
        kind("card_closed")


def test_an_event_says_who_what_where_and_when(card, owner, member):
    before = now()
    event = record(CARD_KEPT, card, by=member, reason="rain")
    db.session.commit()
    assert before <= event.at <= now()
    assert (event.kind, event.creator, event.card, event.automatic) == ("card_kept", member, card, False)
    assert (event.account_id, event.board_id, event.particulars) == (
        owner.account_id,
        card.board_id,
        {"reason": "rain"},
    )


def test_an_event_of_a_board_has_no_card(board, owner):
    event = record(kind("board_shaken", touches=True), board, by=owner)
    db.session.commit()
    assert (event.board_id, event.card_id) == (board.id, None)


def test_activity_restarts_the_cards_clock(card, owner, travel):
    travel(days=3)
    event = record(kind("card_watered", touches=True), card, by=owner)
    assert card.last_active_at == event.at


def test_what_is_no_activity_leaves_the_clock_alone(card, owner, travel):
    before = card.last_active_at
    travel(days=3)
    record(kind("card_looked_at"), card, by=owner)
    record(CARD_POSTPONED, card, by=owner, automatic=True)
    assert card.last_active_at == before


def test_all_of_a_transaction_is_told_at_once_in_order_and_before_it_ends(card, owner, told):
    card.close(owner)
    record_rows([row(card, kind="card_kept")])
    card.reopen(owner)
    assert told == []
    db.session.commit()
    assert told == [["card_closed", "card_kept", "card_reopened"]]
    db.session.commit()
    assert len(told) == 1


def test_a_listener_gets_plain_values_of_what_is_written(card, owner, app):
    heard = []
    eventlog.listeners.append(heard.extend)
    card.close(owner)
    [of_many] = record_rows([row(card, creator_id=owner.id, automatic=True)])
    db.session.commit()
    eventlog.listeners.remove(heard.extend)
    events = {event.id: event for event in db.session.scalars(select(Event))}
    assert of_many in heard
    assert [event == events[event.id].recorded() for event in heard] == [True, True]
    assert [event.automatic for event in heard] == [False, True]


def test_a_rollback_is_told_to_nobody(card, owner, told):
    card.close(owner)
    record_rows([row(card)])
    db.session.rollback()
    db.session.commit()
    assert told == []


def test_a_listener_that_fails_lets_the_change_fail(card, owner):
    def fail(_events):
        raise ZeroDivisionError

    eventlog.listeners.append(fail)
    card.close(owner)
    with pytest.raises(ZeroDivisionError):
        db.session.commit()
    eventlog.listeners.remove(fail)
    db.session.rollback()
    assert card.closure is None
    assert "card_closed" not in logged()


def test_what_a_savepoint_took_back_was_never_said(card, owner, told):
    card.keep(owner)
    with undone():
        card.close(owner)
        record_rows([row(card)])
    card.comment("Still here", owner)
    db.session.commit()
    assert told == [["card_kept", "comment_created"]]
    assert logged()[-2:] == ["card_kept", "comment_created"]


def test_a_savepoint_within_one_shares_its_fate(card, owner, told):
    with undone(), db.session.begin_nested():
        record_rows([row(card, kind="card_kept")])
    with db.session.begin_nested():
        record_rows([row(card)])
        with undone():
            card.keep(owner)
    db.session.commit()
    assert told == [["card_closed"]]


def test_many_events_are_one_statement(card, statements):
    with statements() as seen:
        recorded = record_rows([row(card, particulars={"n": n} if n % 2 else {}) for n in range(50)])
    assert sum("INSERT INTO event" in each for each in seen) == 1
    assert [event.particulars.get("n") for event in recorded[1::2]] == list(range(1, 50, 2))


def test_no_events_are_no_statement(app, statements):
    with statements() as seen:
        assert record_rows([]) == []
        record_history([])
    assert seen == []


def test_history_is_kept_with_its_own_time_and_told_to_nobody(card, told, travel):
    before, then = card.last_active_at, now()
    travel(days=3)
    record_history([row(card, at=then), row(card, kind="card_kept", at=then, creator_id=card.creator_id)])
    db.session.commit()
    assert told == []
    assert logged()[-2:] == ["card_closed", "card_kept"]
    assert card.last_active_at == before


def test_what_is_removed_with_its_card_in_the_same_breath_is_no_news(card, board, owner: User, told):
    card.rename("Never mind", owner)
    db.session.flush()
    board.columns[0].delete(by=owner)
    card.delete(by=owner)
    db.session.commit()
    assert told == [["column_deleted", "card_deleted"]]
