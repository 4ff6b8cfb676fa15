"""Drafts: nobody else's to see, and told to nobody, until they are published."""

import pytest
from sqlalchemy import func, select

from host.db import db
from host.errors import Fault, Invalid, NotFound
from host.models import Board, Card, Event, Place
from host.permissions import visible


@pytest.fixture
def draft(board, member):
    card = board.draft(member)
    db.session.commit()
    return card


def events():
    return db.session.scalar(select(func.count()).select_from(Event).where(Event.card_id.is_not(None)))


def test_a_person_has_one_on_each_board(board, owner, member, draft):
    second = Board.create("Second", by=owner)
    assert board.draft(member) is draft
    assert len({draft.id, board.draft(owner).id, second.draft(member).id}) == 3


def test_only_its_maker_finds_it_and_in_no_list(board, owner, member, draft):
    assert member.card_or_draft(draft.number) is draft
    for ask in (owner.card_or_draft, owner.card, member.card):
        with pytest.raises(NotFound):
            ask(draft.number)
    assert db.session.scalars(select(Card).where(visible(Card, member))).all() == []
    assert sum(board.counts()[place, None] for place in Place if place is not Place.DRAFT) == 0


def test_whoever_sees_the_board_no_more_has_no_draft_there(board, owner, member, draft):
    board.revoke([member], by=owner)
    with pytest.raises(NotFound):
        member.card_or_draft(draft.number)


def test_what_is_done_to_it_is_told_to_nobody(board, owner, member, draft):
    draft.jot("Cut  the\nreeds", "Soon\r\n")
    draft.assign(owner, member)
    draft.add_step("Sharpen")
    draft.tag("garden")
    draft.triage_into(board.columns[0], member)
    db.session.commit()
    assert (draft.title, draft.description, draft.place) == ("Cut the reeds", "Soon\n", Place.DRAFT)
    assert (draft.assignees, draft.column, events()) == ([owner], board.columns[0], 0)


def test_publishing_starts_its_clock_and_tells(board, owner, member, draft, travel):
    draft.jot("Cut the reeds", "")
    board.draft(member, column=board.columns[0])
    travel(days=3)
    draft.publish(member)
    assert (draft.place, draft.column, draft.created_at) == (Place.COLUMN, board.columns[0], draft.last_active_at)
    assert draft.watched_by(member)
    draft.publish(member)
    db.session.commit()
    (told,) = db.session.scalars(select(Event).filter_by(card_id=draft.id)).all()
    assert (told.kind, told.creator) == ("card_published", member)
    assert (told.at - draft.created_at).total_seconds() < 60
    assert owner.card(draft.number) is draft
    assert board.draft(member) is not draft


def test_without_a_title_it_stays_a_draft(member, draft):
    draft.jot(" ", "words")
    with pytest.raises(Invalid):
        draft.publish(member)
    assert draft.drafted


def test_too_many_words_are_refused(draft):
    for title, description in (("x" * 256, ""), ("", "x" * 100_001)):
        with pytest.raises(Invalid):
            draft.jot(title, description)
    assert (draft.title, draft.description) == ("", "")


def test_what_needs_a_published_card_is_refused(board, owner, member, draft):
    second = Board.create("Second", by=owner)
    refused = (
        lambda: draft.comment("x", member),
        lambda: draft.gild(member),
        lambda: draft.close(member),
        lambda: draft.postpone(member),
        lambda: draft.move_to(second, member),
    )
    for act in refused:
        with pytest.raises(Fault, match="draft"):
            act()


def test_only_a_draft_is_jotted_on_or_discarded(board, draft):
    card = board.add_card("Published")
    for act in (card.discard, lambda: card.jot("x", "")):
        with pytest.raises(Fault):
            act()
    draft.discard()
    db.session.commit()
    assert db.session.scalars(select(Card)).all() == [card]
