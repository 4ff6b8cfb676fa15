"""Who is told of what."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete

from host import Access, Board, Card, Flock, User, db, notice_kind, notify, now
from plugins.notifications.notes import Note
from plugins.notifications.reasons import Reason

Told = Callable[[User], list[Note]]


def test_a_comment_is_told_to_those_who_watch_the_card(card: Card, owner: User, odile: User, told: Told) -> None:
    card.comment("The rack, not the portrait.", odile)
    assert [note.text for note in told(owner)] == ["Odile Marsh: “The rack, not the portrait.”"]


def test_nobody_is_told_of_what_they_did_themselves(card: Card, owner: User, odile: User, told: Told) -> None:
    card.watch(odile)
    card.comment("Mine", owner)
    assert told(owner) == []
    assert len(told(odile)) == 1


def test_who_has_a_card_hears_of_its_moves_but_of_comments_only_while_watching(
    card: Card, owner: User, odile: User, told: Told
) -> None:
    card.assign(odile, by=owner)
    told(odile)
    card.watch(odile, watching=False)
    card.comment("Just between us", owner)
    assert told(odile)[0].text == "Ada Field assigned you."
    card.triage_into(card.board.columns[1], owner)
    assert told(odile)[0].text == "Ada Field moved this to Checking."


def test_being_assigned_is_told_to_the_person_and_to_the_watchers(
    card: Card, owner: User, odile: User, member: User, told: Told
) -> None:
    card.assign(odile, by=member)
    assert [note.text for note in told(odile)] == ["Ben Hollow assigned you."]
    assert [note.text for note in told(owner)] == ["Ben Hollow assigned Odile Marsh."]


def test_taking_a_card_for_oneself_is_not_told_to_oneself(card: Card, odile: User, told: Told) -> None:
    card.assign(odile, by=odile)
    assert told(odile) == []


def test_a_new_card_is_told_to_those_who_watch_the_board(
    board: Board, owner: User, odile: User, member: User, told: Told
) -> None:
    board.watch(member)
    board.add_card("Sort the seeds", by=odile)
    assert [note.title for note in told(member)] == ["Sort the seeds"]
    assert [note.text for note in told(owner)] == ["Odile Marsh added this."]
    assert told(odile) == []


def test_who_watches_a_board_hears_of_all_but_comments(card: Card, odile: User, member: User, told: Told) -> None:
    card.board.watch(member)
    card.comment("Hm", odile)
    assert told(member) == []
    card.close(odile)
    assert [(note.text, note.told.reason) for note in told(member)] == [("Odile Marsh closed this.", Reason.BOARD)]


def test_what_rests_by_itself_is_no_news_of_the_board(card: Card, owner: User, member: User, told: Told) -> None:
    card.board.watch(member)
    Flock.awake([card.id]).postpone(owner, at=now())
    assert told(member) == []


def test_who_is_spoken_to_hears_of_it_as_that(card: Card, owner: User, odile: User, told: Told) -> None:
    card.watch(odile)
    card.comment(f"@{odile.handle}, can you bring the recorder?", owner)
    (note,) = told(odile)
    assert note.told.reason is Reason.MENTION
    assert note.told.unread_count == 1
    assert note.text == f"Ada Field mentioned you: “@{odile.handle}, can you bring the recorder?”"


def test_a_notice_reaches_those_it_names_and_leads_where_it_says(owner: User, odile: User, told: Told) -> None:
    notify([odile], notice_kind("notifications.trial", title="A trial"), "All is well.", "/boards")
    assert told(owner) == []
    (note,) = told(odile)
    assert (note.title, note.text, note.url, note.told.reason) == ("A trial", "All is well.", "/boards", Reason.NOTICE)
    assert "people" not in note.told.data


def test_who_loses_a_card_hears_of_it_without_watching(card: Card, odile: User, member: User, told: Told) -> None:
    card.assign(odile, by=member)
    told(odile)
    card.watch(odile, watching=False)
    card.unassign(odile, by=member)
    assert told(odile)[0].text == "Ben Hollow took this from you."


def test_who_may_no_longer_see_the_board_is_told_nothing(card: Card, owner: User, odile: User, told: Told) -> None:
    card.watch(odile)
    db.session.execute(delete(Access).where(Access.user_id == odile.id))
    card.comment("Quite private", owner)
    assert told(odile) == []


def test_who_has_left_is_told_nothing(card: Card, owner: User, odile: User, told: Told) -> None:
    card.watch(odile)
    odile.active = False
    card.comment("Gone", owner)
    assert told(odile) == []


def test_keeping_and_describing_a_card_tells_nobody(card: Card, owner: User, odile: User, told: Told) -> None:
    card.keep(odile)
    card.describe("Longer now", odile)
    assert told(owner) == []


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (lambda card, by: card.rename("Meet them", by), "Odile Marsh renamed this, it was “Interview the bakers”."),
        (lambda card, by: card.triage_into(card.board.columns[0], by), "Odile Marsh moved this to Writing."),
        (lambda card, by: card.close(by), "Odile Marsh closed this."),
        (lambda card, by: card.postpone(by), "Odile Marsh put this in Not now."),
    ],
)
def test_a_change_is_told_in_a_sentence(
    change: Callable[[Card, User], None], text: str, card: Card, owner: User, odile: User, told: Told
) -> None:
    change(card, odile)
    assert [(note.title, note.text) for note in told(owner)] == [(card.title, text)]
