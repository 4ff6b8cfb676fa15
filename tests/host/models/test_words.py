"""A card's own words: its title and its description."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from host.clock import now
from host.db import db
from host.errors import Invalid
from host.models import Board, Card, Event, Place
from host.models.overtaken import Overtaken


def test_a_new_card_waits_in_maybe_and_its_creator_watches(board, owner, member):
    before = now()
    card = board.add_card("  Cut\nthe reeds ", by=member, description="one\r\ntwo")
    db.session.commit()
    assert (card.title, card.description, card.place, card.creator) == (
        "Cut the reeds", "one\ntwo", Place.MAYBE, member
    )  # fmt: skip
    assert before <= card.created_at == card.last_active_at <= now()
    assert (card.watched_by(member), card.watched_by(owner)) == (True, False)
    event = db.session.scalars(select(Event).filter_by(card_id=card.id)).one()
    assert (event.kind, event.creator, event.board_id) == ("card_published", member, board.id)


def test_a_card_may_begin_in_a_column_and_with_a_past(board):
    then = now() - timedelta(days=50)
    card = board.add_card("x", column=board.columns[0], created_at=then)
    assert (card.place, card.column, card.last_active_at) == (Place.COLUMN, board.columns[0], then)
    later = board.add_card("y", created_at=then, last_active_at=now())
    assert later.last_active_at > later.created_at


def test_a_card_begins_in_no_other_boards_column(board, owner):
    elsewhere = Board.create("Second", by=owner, columns=["Writing"]).columns[0]
    with pytest.raises(Invalid):
        board.add_card("x", column=elsewhere)
    db.session.rollback()
    assert db.session.scalars(select(Card)).all() == []


@pytest.mark.parametrize("title", ["", " \n\t ", "\x00", "x" * 256, "\u2028"])
def test_a_title_has_1_to_255_characters(board, card, owner, title):
    for change in (lambda: board.add_card(title), lambda: card.rename(title, owner)):
        with pytest.raises(Invalid) as refused:
            change()
        assert list(refused.value.errors) == ["title"]
    assert card.title == "Cut the reeds"


def test_the_longest_title_is_kept_whole(board):
    card = board.add_card("ü" * 255)
    db.session.commit()
    db.session.expire_all()
    assert card.title == "ü" * 255


def test_renaming_is_activity_and_remembers_the_old_title(card, member, log, travel):
    travel(days=1)
    before = now()
    card.rename("Cut the  hedge", member)
    assert log(card) == ["card_title_changed"]
    event = db.session.scalars(select(Event).filter_by(kind="card_title_changed")).one()
    assert event.particulars == {"old_title": "Cut the reeds", "new_title": "Cut the hedge"}
    assert card.last_active_at >= before
    card.rename("Cut the hedge ", member)
    assert log(card) == ["card_title_changed"]


def test_describing_is_no_activity(card, owner, log, travel):
    touched = card.last_active_at
    travel(days=1)
    card.describe("By **Sunday**.\r\n", owner)
    card.describe("By **Sunday**.\n", owner)
    assert card.description == "By **Sunday**.\n"
    assert log(card) == ["card_description_changed"]
    assert card.last_active_at == touched


def test_a_huge_description_is_refused(board, card, owner):
    card.describe("x" * 100_000, owner)
    for change in (
        lambda: card.describe("x" * 100_001, owner),
        lambda: board.add_card("y", description="x" * 100_001),
    ):
        with pytest.raises(Invalid) as refused:
            change()
        assert list(refused.value.errors) == ["description"]


def test_a_deleted_card_takes_all_below_it_and_the_log_of_the_board_remembers(board, card, owner, member):
    from host import models

    card.comment("Still on it")
    card.add_step("Sharpen the scythe")
    card.tag("garden")
    card.assign(member, owner)
    card.gild(owner)
    card.close(owner)
    db.session.commit()
    number = card.number
    card.delete(by=member)
    db.session.commit()
    below = (models.Comment, models.Step, models.Tagging, models.Assignment, models.Watch, models.Goldness)
    for model in (Card, *below, models.Closure):
        assert db.session.scalars(select(model)).all() == [], model
    assert [tag.title for tag in db.session.scalars(select(models.Tag))] == ["garden"]
    event = db.session.scalars(select(Event).filter_by(kind="card_deleted")).one()
    assert (event.board_id, event.creator) == (board.id, member)
    assert event.particulars == {"number": number, "title": "Cut the reeds"}


def test_words_that_were_overtaken_are_refused(card, owner, member):
    read = card.words_version
    card.reword("Cut the sedge", "Now", member, was=read)
    with pytest.raises(Overtaken):
        card.reword("Cut the reeds", "Later", owner, was=read)
    assert (card.title, card.description) == ("Cut the sedge", "Now")
    card.reword("Cut the sedge", "Now\r\n".strip(), owner, was=read)
    card.reword("Cut the reeds", "Later", owner, was=card.words_version)
    card.reword("Cut all", "Later", owner)
    assert (card.title, card.description) == ("Cut all", "Later")


def test_other_changes_overtake_no_words(card, owner):
    read = card.words_version
    card.comment("x")
    card.close(owner)
    assert card.words_version == read


def test_words_of_a_board_that_were_overtaken_are_refused(board, owner, member):
    read = board.words_version
    board.change({"name": "Harvest", "description": "All **corn**"}, by=member, was=read)
    with pytest.raises(Overtaken):
        board.change({"name": "Launch", "description": "All rye", "hue": "sky"}, by=owner, was=read)
    assert (board.name, board.description, board.hue) == ("Harvest", "All **corn**", "moss")
    board.change({"name": "Harvest", "description": "All **corn**\n", "hue": "sky"}, by=owner, was=read)
    board.change({"description": "All rye"}, by=owner, was=board.words_version)
    board.change({"name": "Launch"}, by=owner)
    assert (board.name, board.description, board.hue) == ("Launch", "All rye", "sky")
