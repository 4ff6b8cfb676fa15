"""Pins on the card's page, and their list."""

from host.db import db


def test_a_card_is_pinned_listed_and_let_go(client, read, submit, browser, board, card, member):
    assert read("/cards/1").one("button", id="pinning")["aria-pressed"] == "false"
    assert submit(read("/cards/1"), "/cards/1/pin").headers["Location"] == "/cards/1"
    assert read("/cards/1").one("button", id="pinning")["aria-pressed"] == "true"
    page = read("/pins")
    assert "Cut the reeds" in page.words
    assert board.name in page.said["card-1"]
    assert "Cut the reeds" not in browser(member).get("/pins").text
    client.post("/cards/1/pin/delete")
    assert "No card is pinned" in read("/pins").words


def test_twenty_are_shown_in_as_many_statements_as_one(client, board, statements):
    def cost():
        with statements() as seen:
            assert client.get("/pins").status_code == 200
        return len(seen)

    numbers = [board.add_card(f"Card {number}").number for number in range(25)]
    db.session.commit()
    client.post(f"/cards/{numbers[0]}/pin")
    cost()
    one = cost()
    for number in numbers:
        client.post(f"/cards/{number}/pin")
    assert cost() == one
    assert client.get("/pins").text.count('class="card-title"') == 20


def test_a_draft_is_not_pinned(client, board, owner):
    board.draft(owner)
    db.session.commit()
    assert client.post("/cards/1/pin").status_code == 404
