"""The card's page: what it shows, its words, and who may take the card away."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from host.clock import now
from host.db import db
from host.models import Board, Card, Role, User
from host.permissions import visible
from tests.host.web.page import Page


def test_it_says_where_the_card_lies_and_who_made_it_when(read, board, card, owner):
    page = read("/cards/1")
    assert page.one("a", href=f"/boards/{board.id}#col-maybe")
    assert "Ada Field added this" in page.said["card"]
    card.triage_into(board.columns[0], owner)
    card.created_at = now() - timedelta(days=800)
    db.session.commit()
    page = read("/cards/1")
    assert page.one("a", href=f"/boards/{board.id}#col-{board.columns[0].id}")
    assert page.one("button", id=f"to-{board.columns[0].id}")["aria-current"] == "true"
    assert str(card.created_at.astimezone().year) in page.said["card"]


def test_the_tale_is_told_in_order(read, card, owner, member, board, travel):
    told = [
        lambda: card.assign(owner, owner),
        lambda: card.assign(member, owner),
        lambda: card.comment("Still on it", member),
        lambda: card.rename("Cut the sedge", member),
        lambda: card.triage_into(board.columns[0], owner),
        lambda: card.postpone(owner),
        lambda: card.send_back_to_triage(member),
        lambda: card.keep(member),
        lambda: card.close(owner),
        lambda: card.reopen(owner),
        lambda: card.unassign(owner, owner),
        lambda: card.unassign(member, owner),
    ]
    for tell in told:
        tell()
        travel(minutes=1)
    db.session.commit()
    talk = read("/cards/1").said["talk"]
    said = [
        "Ada Field took this on",
        "Ada Field gave this to Ben Hollow",
        "Still on it",
        "Ben Hollow renamed this, it was “Cut the reeds”",
        "Ada Field moved this to Writing",
        "Ada Field put this in Not now",
        "Ben Hollow moved this back to Maybe?",
        "Ben Hollow kept this",
        "Ada Field closed this",
        "Ada Field opened this again",
        "Ada Field gave this back",
        "Ada Field took this from Ben Hollow",
    ]
    where = [talk.find(words) for words in said]
    assert -1 not in where, said[where.index(-1)]
    assert where == sorted(where)


def test_it_tells_of_resting_by_itself_and_of_another_board(read, card, owner, board):
    from host.models.card import Flock

    card.move_to(Board.create("Second", by=owner), owner)
    db.session.flush()
    Flock.awake([card.id]).postpone(owner)
    db.session.commit()
    talk = read("/cards/1").said["talk"]
    assert "Ada Field moved this here from Launch" in talk
    assert "Rested by itself" in talk
    assert "Ada Field put this" not in talk


def test_its_statements_do_not_grow_with_its_tale(client, board, owner, member):
    short, long = board.add_card("Short"), board.add_card("Long")
    for card, times in ((short, 2), (long, 40)):
        for number in range(times):
            card.comment(f"Remark {number}", member)
            card.assign(member, owner)
            card.unassign(member, owner)
            card.rename(f"Title {number}", owner)
            card.add_step("x")
            card.tag(f"tag {number}")
    db.session.commit()

    def count(number):
        heard = []

        def hear(*said):
            heard.append(said[2])

        event.listen(db.engine, "before_cursor_execute", hear)
        assert client.get(f"/cards/{number}").status_code == 200
        event.remove(db.engine, "before_cursor_execute", hear)
        return len(heard)

    count(1)
    assert count(1) == count(2) <= 35


def test_words_are_edited_in_place(read, submit, card, owner):
    page = read("/cards/1")
    edit = page.one("a", id="edit")["href"]
    assert edit == "/cards/1?edit=1"
    page = read(edit)
    assert page.form("/cards/1").values["title"] == "Cut the reeds"
    answer = submit(page, "/cards/1", title="Cut the sedge", description="By **Sunday**.\r\n\r\n- one\r\n- two")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/cards/1")
    page = read("/cards/1")
    assert "Cut the sedge" in page.said["card"]
    assert page.said["card-body"] == "By Sunday . one two"
    assert read(edit).form("/cards/1").values["description"] == "By **Sunday**.\n\n- one\n- two"


@pytest.mark.parametrize(
    ("title", "description", "field"),
    [("", "kept text", "title"), ("x" * 256, "kept text", "title"), ("A title", "y" * 100_001, "description")],
)
def test_refused_words_stay_in_their_form_and_nothing_is_stored(
    read, submit, card, title, description, field
):  # fmt: skip
    answer = submit(read("/cards/1?edit=1"), "/cards/1", title=title, description=description)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.form("/cards/1").values["title"] == title
    assert page.form("/cards/1").values["description"] == description
    assert page.said[f"f-{field}-errors"]
    db.session.expire_all()
    assert (card.title, card.description) == ("Cut the reeds", "")


def test_a_card_is_taken_away_by_its_creator_or_an_admin(browser, board, owner, member):
    hers, his, third = board.add_card("hers", by=owner), board.add_card("his", by=member), board.add_card("x")
    admin = User.join(owner.account, name="Cleo", email=None, role=Role.ADMIN)
    db.session.commit()
    ben, cleo = browser(member), browser(admin)
    assert "/cards/1/delete" not in ben.get(f"/cards/{hers.number}").text
    assert ben.post(f"/cards/{hers.number}/delete").status_code == 403
    assert "/cards/2/delete" in ben.get(f"/cards/{his.number}").text
    assert ben.post(f"/cards/{his.number}/delete").status_code == 303
    assert cleo.post(f"/cards/{third.number}/delete").status_code == 303
    assert [card.title for card in db.session.scalars(db.select(Card).where(visible(Card, owner)))] == ["hers"]


def test_a_card_that_is_gone_leads_back(client, card, owner):
    client.post("/cards/1/delete")
    answer = client.get("/cards/1")
    assert answer.status_code == 404
    assert "There is no card 1." in answer.text
    assert 'href="/"' in answer.text


def test_a_card_that_was_deleted_is_brought_back(client, browser, read, board, card, member):
    client.post("/cards/1/delete")
    page = read(f"/boards/{board.id}")
    assert "Card 1 is gone." in page.said["toasts"]
    assert page.form("/cards/1/restoration")
    assert browser(member).post("/cards/1/restoration").status_code == 403
    assert client.post("/cards/1/restoration").headers["Location"] == "/cards/1"
    assert "Cut the reeds" in read("/cards/1").said["card"]
    assert client.post("/cards/1/restoration").status_code == 404
