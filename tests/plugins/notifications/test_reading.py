"""What is unread, and how it becomes read."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import delete, event, inspect, select

from host import Access, Board, Card, NotFound, User, db
from plugins.notifications.models import Notification, about, of, one_of, read_all, unread_count
from plugins.notifications.notes import Note, page
from tests.plugins.notifications.plan import plan_of

Told = Callable[[User], list[Note]]


@pytest.fixture
def spoken(board: Board, owner: User, odile: User, told: Told) -> list[Card]:
    """Three cards of Ada's that Odile said something on, told."""
    cards = [board.add_card(title, by=owner) for title in ("Sow", "Weed", "Reap")]
    told(odile)
    for card in cards:
        card.comment("Soon", odile)
    told(owner)
    return cards


@pytest.mark.usefixtures("spoken")
def test_reading_one_leaves_the_others_unread(owner: User) -> None:
    first, *_rest = db.session.scalars(of(owner))
    first.read()
    assert (first.unread, first.unread_count, unread_count(owner)) == (False, 0, 2)


def test_reading_twice_keeps_the_first_time(spoken: list[Card], owner: User, travel: Callable[..., None]) -> None:
    note = about(spoken[0], owner)
    assert note
    note.read()
    at = note.read_at
    travel(hours=1)
    note.read()
    assert note.read_at == at


def test_what_was_read_can_be_marked_unread_as_one_thing(spoken: list[Card], owner: User) -> None:
    note = about(spoken[0], owner)
    assert note
    note.read()
    note.unsee()
    assert (note.unread, note.unread_count, unread_count(owner)) == (True, 1, 3)


@pytest.mark.usefixtures("spoken")
def test_reading_everything_reads_nobody_elses(board: Board, owner: User, odile: User, told: Told) -> None:
    board.watch(odile)
    board.add_card("Thresh", by=owner)
    told(odile)
    read_all(owner)
    assert (unread_count(owner), unread_count(odile)) == (0, 1)
    assert set(db.session.scalars(select(Notification.unread_count).filter_by(user_id=owner.id))) == {0}


def test_nobody_reaches_somebody_elses(spoken: list[Card], owner: User, odile: User) -> None:
    theirs = about(spoken[0], owner)
    assert theirs
    with pytest.raises(NotFound):
        one_of(odile, theirs.id)


def test_a_card_that_a_person_may_no_longer_see_falls_out_of_list_and_count(spoken: list[Card], owner: User) -> None:
    note = about(spoken[0], owner)
    assert note
    db.session.execute(delete(Access).where(Access.user_id == owner.id))
    assert (page(owner).groups, unread_count(owner)) == ([], 0)
    with pytest.raises(NotFound):
        one_of(owner, note.id)


@pytest.mark.usefixtures("spoken")
def test_counting_ends_where_it_is_told_to(owner: User) -> None:
    assert unread_count(owner, most=2) == 2


def test_a_deleted_card_takes_its_notifications_along(spoken: list[Card], owner: User, odile: User) -> None:
    spoken[0].delete(by=odile)
    db.session.flush()
    assert unread_count(owner) == 2


@pytest.mark.sqlite_only("PostgreSQL plans by statistics, which an empty table has none of")
def test_the_bell_counts_by_its_index(owner: User) -> None:
    plan = plan_of(lambda: unread_count(owner, most=100))
    assert "INDEX ix_notifications_unread (user_id=?)" in plan


@pytest.mark.sqlite_only("PostgreSQL plans by statistics, which an empty table has none of")
def test_the_list_is_read_in_order_of_its_index(owner: User) -> None:
    plan = plan_of(lambda: page(owner))
    assert "USING INDEX ix_notifications_notification_user_id_updated_at (user_id=?)" in plan


@pytest.mark.parametrize("cards", [3, 30])
def test_the_statements_of_the_list_do_not_grow_with_it(
    cards: int, board: Board, owner: User, odile: User, told: Told
) -> None:
    for number in range(cards):
        card = board.add_card(f"Card {number}", by=owner)
        card.comment("Hm", odile)
        card.assign(odile, by=odile)
    told(owner)
    statements: list[str] = []

    @event.listens_for(db.engine, "before_cursor_execute")
    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    shown = sum(len(group.notes) for group in page(owner).groups)
    assert shown == cards
    assert len(statements) <= 6, "\n".join(statements)


def test_deleting_cards_and_events_finds_their_notifications_by_index(app: Flask) -> None:
    found = inspect(db.engine).get_indexes("notifications_notification")
    names = {index["name"]: index["column_names"] for index in found}
    assert names["ix_notifications_notification_card_id"] == ["card_id"]
    assert names["ix_notifications_notification_event_id"] == ["event_id"]
