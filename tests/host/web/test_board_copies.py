"""Boards made after others."""

import pytest
from sqlalchemy import select

from host.db import db
from host.models import Board, Card, Event, Place
from tests.host.web.page import Page


@pytest.fixture
def full(board, owner, member):
    """With two cards awake, one of them rich, one at rest, one done, and a cap."""
    first = board.columns[0]
    first.change({"cap": 3, "hue": "rust"}, by=owner)
    board.change({"description": "Sow *early*", "hue": "clay"}, by=owner)
    card = board.add_card("Rye", column=first, by=member, description="In **rows**")
    card.add_step("Plough", done=True)
    card.tag("garden", "sky")
    card.assign(member, owner)
    card.gild(member)
    card.comment("Mine", member)
    board.add_card("Oats")
    board.add_card("Hay").postpone(owner)
    board.add_card("Beans").close(owner)
    db.session.commit()
    return board


def made(answer):
    db.session.expire_all()
    return db.session.get(Board, int(answer.headers["Location"].rpartition("/")[2]))


def test_a_copy_has_the_columns_and_what_is_awake(read, submit, full, owner):
    address = f"/boards/{full.id}/copies"
    page = read(read(f"/boards/{full.id}").one("a", href=f"{address}/new")["href"])
    assert page.form(address).values["name"] == "Launch, copy"
    copy = made(submit(page, address, name="Autumn"))
    assert (copy.name, copy.description, copy.hue, copy.creator) == ("Autumn", "Sow *early*", "clay", owner)
    told = [(column.name, column.hue, column.cap) for column in copy.columns]
    assert told == [(column.name, column.hue, column.cap) for column in full.columns]
    rye, oats = db.session.scalars(select(Card).filter_by(board_id=copy.id).order_by(Card.number)).all()
    assert (rye.title, rye.description, rye.column, rye.golden) == ("Rye", "In **rows**", copy.columns[0], True)
    assert [(step.text, step.done_at) for step in rye.steps] == [("Plough", None)]
    assert [(tag.title, tag.hue) for tag in rye.tags] == [("garden", "sky")]
    assert (oats.title, oats.place) == ("Oats", Place.MAYBE)


def test_nobodys_past_comes_along(full, owner):
    copy = full.copy("Autumn", by=owner, with_cards=True)
    cards = db.session.scalars(select(Card).filter_by(board_id=copy.id)).all()
    assert {card.creator for card in cards} == {owner}
    assert [(card.comments, card.assignees) for card in cards] == [([], []), ([], [])]
    assert {person for card in cards for person in card.watchers} == {owner}
    kinds = db.session.scalars(select(Event.kind).filter_by(board_id=copy.id)).all()
    assert sorted(kinds) == ["board_created", "card_published", "card_published"]


def test_without_cards_it_is_empty(read, client, full):
    copy = made(client.post(f"/boards/{full.id}/copies", data={"name": "Bare"}))
    assert (len(copy.columns), copy.counts().total()) == (2, 0)


def test_a_copy_of_what_some_see_is_seen_by_who_makes_it(full, owner, member):
    full.open_to([owner, member], by=owner)
    assert full.copy("Mine", by=member, with_cards=False).people == [member]


def test_it_takes_as_many_statements_whatever_the_number_of_cards(board, owner, statements):
    def cost(name):
        db.session.commit()
        with statements() as seen:
            board.copy(name, by=owner, with_cards=True)
        return len(seen)

    for number in range(3):
        board.add_card(f"Card {number}").tag("x")
    few = cost("Few")
    for number in range(30):
        board.add_card(f"More {number}").add_step("y")
    assert cost("Many") <= few + 1  # the first had no step


@pytest.mark.parametrize("name", ["", " ", "x" * 121])
def test_a_refused_name_comes_back(read, submit, full, name):
    address = f"/boards/{full.id}/copies"
    answer = submit(read(f"{address}/new"), address, name=name)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.one("input", id="f-name")["value"] == name
    assert page.said["f-name-errors"]
    assert db.session.scalars(select(Board.name)).all() == ["Launch"]


def test_a_template_is_offered_to_whoever_makes_a_board(read, submit, full, owner):
    assert "It begins as" not in read("/boards").words
    address = f"/boards/{full.id}/template"
    submit(read(f"/boards/{full.id}/edit"), address)
    page = read("/boards")
    assert "It begins as" in page.words
    plain = made(submit(page, "/boards", name="Plain"))
    assert [column.name for column in plain.columns] == ["In progress", "Waiting"]
    after = made(submit(page, "/boards", name="After", template=full.id, cards="1"))
    assert ([column.name for column in after.columns], after.counts().total()) == (["Writing", "Checking"], 2)
    assert not after.template
    submit(read(f"/boards/{full.id}/edit"), f"{address}/delete")
    assert "It begins as" not in read("/boards").words


def test_what_one_does_not_see_is_no_template(browser, full, owner, member, stranger):
    full.open_to([owner], by=owner)
    db.session.commit()
    ben = browser(member)
    assert ben.post("/boards", data={"name": "x", "template": full.id}).status_code == 404
    assert ben.post(f"/boards/{full.id}/copies", data={"name": "x"}).status_code == 404
    assert ben.post("/boards", data={"name": "x", "template": "x"}).status_code == 422


def test_a_program_copies_a_board(program, full, owner, member):
    ask = program(member)
    copy = ask("POST", "/boards", {"name": "After", "copy_of": full.id, "with_cards": True}).json
    assert [column["cap"] for column in copy["columns"]] == [3, None]
    assert len(ask("GET", f"/boards/{copy['id']}/cards").json) == 2
    assert ask("PATCH", f"/boards/{full.id}", {"template": True}).status_code == 403
    assert ask("PATCH", f"/boards/{copy['id']}", {"template": True}).json["template"] is True
