"""Whom events name, found for many at once, and what is remembered of it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from sqlalchemy import event, select

from host import Board, Card, Event, Role, User, db
from plugins.notifications.mention import Mention
from plugins.notifications.mentioned import mentioned_in, remember


@pytest.fixture
def newest(card: Card) -> Callable[[int], list[Event]]:
    """`newest(2)`: the last two events of the log."""

    def look(count: int = 1) -> list[Event]:
        db.session.flush()
        found = db.session.scalars(select(Event).order_by(Event.id.desc()).limit(count)).all()
        return list(found)[::-1]

    return look


@pytest.fixture
def told(newest: Callable[[int], list[Event]]) -> Callable[..., list[set[int]]]:
    """`told(2)`: who is to be told of a mention by each of the last two events; what is written is kept."""

    def look(count: int = 1) -> list[set[int]]:
        events = newest(count)
        new = remember(events, mentioned_in(events))
        db.session.expire_all()
        return [new.get(each.id, set()) for each in events]

    return look


@pytest.fixture
def statements() -> Callable[[], AbstractContextManager[list[str]]]:
    """`with statements() as seen:` lists the SQL that the database was asked."""

    @contextmanager
    def watch() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        yield seen
        event.remove(db.engine, "before_cursor_execute", note)

    return watch


def test_people_named_in_a_comment(card, owner, odile, newest):
    card.comment("@odile-marsh and `@ada-field`, @nobody", owner)
    (said,) = newest()
    assert mentioned_in([said]) == {said.id: {odile.id}}


def test_people_named_in_a_description_when_it_is_written_and_when_it_changes(card, owner, odile, newest):
    board = card.board
    fresh = board.add_card("Bake", by=owner, description="With @odile-marsh")
    (published,) = newest()
    assert mentioned_in([published]) == {published.id: {odile.id}}
    fresh.describe("With @ada-field", owner)
    (changed,) = newest()
    assert mentioned_in([changed]) == {changed.id: {owner.id}}


def test_other_events_and_those_of_cards_that_are_gone_name_nobody(card, owner, odile, newest):
    card.describe("@odile-marsh", owner)
    card.rename("For @odile-marsh", owner)
    (renamed,) = newest()
    assert mentioned_in([renamed]) == {}
    said = card.comment("@odile-marsh", owner)
    (event_of_it,) = newest()
    db.session.delete(said)
    db.session.flush()
    assert mentioned_in([event_of_it]) == {}
    assert mentioned_in([]) == {}


def test_only_active_people_who_may_see_the_board(card, account, owner, odile, newest):
    closed = Board.create("Ada's own", by=owner, all_access=False)
    closed.add_card("Secret", by=owner, description="@odile-marsh @ada-field @system")
    card.comment("@odile-marsh", owner)
    odile.deactivate()
    secret, said = newest(2)
    assert mentioned_in([secret, said]) == {secret.id: {owner.id}}
    assert account.system.role is Role.SYSTEM


def test_a_handle_means_another_person_in_another_space(card, owner, odile, newest):
    from host import Account

    eve = Account.open("Elsewhere", owner_name="Odile Marsh", email=None)
    board = Board.create("Hers", by=eve)
    board.add_card("Theirs", by=eve, description="@odile-marsh @ada-field")
    (theirs,) = newest()
    card.comment("@odile-marsh", owner)
    (ours,) = newest()
    assert mentioned_in([theirs, ours]) == {theirs.id: {eve.id}, ours.id: {odile.id}}


def test_however_many_events_it_asks_twice(card, owner, odile, newest, statements):
    for number in range(5):
        card.comment(f"{number} @odile-marsh @nobody-{number}", owner)
        card.board.add_card(f"Card {number}", by=owner, description="@ada-field")
    events = newest(10)
    with statements() as seen:
        assert len(mentioned_in(events)) == 10
    assert len(seen) == 2


def test_of_very_many_handles_each_is_found(card, owner, odile, newest):
    for start in range(25):
        card.comment(" ".join(f"@n{start}-{n}" for n in range(49)) + " @odile-marsh", owner)
    events = newest(25)
    assert mentioned_in(events) == {each.id: {odile.id} for each in events}


def test_whoever_is_named_watches_the_card_and_is_told_once(card, owner, odile, told):
    assert not card.watched_by(odile)
    card.describe("@odile-marsh", owner)
    assert told() == [{odile.id}]
    assert card.watched_by(odile)
    assert told() == [set()]
    card.describe("@odile-marsh, again", owner)
    assert told() == [set()]
    (row,) = db.session.scalars(select(Mention)).all()
    assert (row.user_id, row.card_id, row.comment_id, row.mentioner_id) == (odile.id, card.id, None, owner.id)


def test_each_comment_is_a_text_of_its_own(card, owner, odile, told):
    said = [card.comment("@odile-marsh", owner) for _each in range(2)]
    assert told(2) == [{odile.id}, {odile.id}]
    assert {row.comment_id for row in db.session.scalars(select(Mention))} == {each.id for each in said}


def test_another_editor_of_the_same_words_tells_nobody_again(card, owner, odile, told):
    card.describe("@odile-marsh", owner)
    told()
    card.describe("@odile-marsh!", odile)
    assert told() == [set()]


def test_of_one_text_in_two_events_of_a_batch_the_first_counts(card, owner, odile, told):
    fresh = card.board.add_card("Bake", by=owner, description="@odile-marsh")
    fresh.describe("@odile-marsh, soon", owner)
    assert told(2) == [{odile.id}, set()]


def test_who_names_themselves_watches_and_is_not_told(card, owner, told):
    card.watch(owner, watching=False)
    card.comment("Note for @ada-field", owner)
    card.watch(owner, watching=False)
    assert told() == [set()]
    assert card.watched_by(owner)


def test_who_stopped_watching_is_not_made_to_again_by_the_same_words(card, owner, odile, told):
    card.describe("@odile-marsh", owner)
    told()
    card.watch(odile, watching=False)
    card.describe("@odile-marsh, please", owner)
    told()
    assert not card.watched_by(odile)


def test_what_is_remembered_goes_with_its_text_and_its_person(card, owner, odile, told):
    said = card.comment("@odile-marsh", owner)
    card.describe("@odile-marsh", owner)
    told(2)
    db.session.delete(said)
    db.session.flush()
    assert [row.comment_id for row in db.session.scalars(select(Mention))] == [None]
    db.session.delete(db.session.get(User, odile.id))
    db.session.flush()
    assert db.session.scalars(select(Mention)).all() == []


def test_whom_only_the_edited_words_name(card, owner, member, odile, told):
    said = card.comment("By Sunday, @odile-marsh", owner)
    assert told() == [{odile.id}]
    said.edit("By Monday, @odile-marsh and @ben-hollow", owner)
    assert told() == [{member.id}]
    said.edit("By Monday, @ben-hollow", owner)
    said.edit("By Monday, @ben-hollow, @odile-marsh", owner)
    assert told() == [set()]


def test_nobody_is_named_by_what_was_taken_back(card, owner, odile, newest):
    said = card.comment("@odile-marsh", owner)
    said.remove(owner)
    assert mentioned_in(newest()) == {}
