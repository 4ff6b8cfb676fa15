"""Who is mentioned hears of it: once, for that reason, and before all others."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from host import Board, Card, User, db
from plugins.notifications.models import Notification
from plugins.notifications.notes import Note
from plugins.notifications.reasons import Reason

Read = Callable[[User], list[Note]]


@pytest.fixture
def reasons(told: Read) -> Callable[[User], list[tuple[str, str, int]]]:
    """`reasons(odile)`: the kind, the reason and the count of each thing that she is told."""

    def read(person: User) -> list[tuple[str, str, int]]:
        told(person)
        rows = db.session.scalars(select(Notification).filter_by(user_id=person.id).order_by(Notification.id))
        return [(row.kind, row.reason, row.unread_count) for row in rows]

    return read


def test_in_a_comment(card: Card, owner, odile, reasons):
    card.comment("Ask @odile-marsh", owner)
    assert reasons(odile) == [("comment_created", Reason.MENTION, 1)]
    assert reasons(owner) == []
    assert card.watched_by(odile)


def test_a_watcher_hears_of_it_once_as_a_mention(card, owner, odile, reasons):
    card.watch(odile)
    card.comment("Ask @odile-marsh", owner)
    assert reasons(odile) == [("comment_created", Reason.MENTION, 1)]


def test_from_then_on_as_a_watcher(card, owner, odile, reasons):
    card.comment("Ask @odile-marsh", owner)
    assert reasons(odile) == [("comment_created", Reason.MENTION, 1)]
    card.comment("They said yes", owner)
    assert reasons(odile) == [("comment_created", Reason.WATCHING, 2)]


def test_in_a_new_card_and_in_changed_words(board, owner, odile, reasons):
    board.add_card("Bake", by=owner, description="With @odile-marsh")
    assert reasons(odile) == [("card_published", Reason.MENTION, 1)]
    other = board.add_card("Sell", by=owner)
    reasons(odile)
    other.describe("@odile-marsh sells", owner)
    assert reasons(odile)[1:] == [("card_description_changed", Reason.MENTION, 1)]


def test_edited_words_that_mention_nobody_new_tell_nobody(card, owner, odile, reasons):
    card.describe("@odile-marsh", owner)
    before = reasons(odile)
    card.describe("@odile-marsh, at last", owner)
    assert reasons(odile) == before


def test_who_may_not_see_the_board_hears_nothing(owner, odile, account, reasons, drain_jobs):
    closed = Board.create("Ada's own", by=owner, all_access=False)
    card = closed.add_card("Secret", by=owner, description="@odile-marsh")
    card.comment("@odile-marsh, @nobody", owner)
    assert reasons(odile) == []
    assert not card.watched_by(odile)


def test_who_is_mentioned_twice_at_once_has_one_line(card, owner, odile, told):
    card.comment("@odile-marsh", owner)
    card.comment("@odile-marsh?", owner)
    (note,) = told(odile)
    assert note.told.unread_count == 2
    assert "@odile-marsh?" in note.text
