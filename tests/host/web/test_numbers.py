"""Cards that are named by their numbers lead there, for who may see them."""

from host.db import db
from host.models import Board
from tests.host.web.page import Page


def test_only_to_cards_that_the_reader_sees(browser, card, board, owner, member):
    hidden = Board.create("Hidden", by=owner, all_access=False).add_card("Secret")
    draft = board.draft(owner)
    card.describe(f"See #{hidden.number}, #{draft.number} and #99", owner)
    card.comment("And #1 itself", member)
    db.session.commit()
    ada, ben = (Page(browser(person).get("/cards/1").text) for person in (owner, member))
    assert ada.one("a", href=f"/cards/{hidden.number}")["title"] == "Secret"
    assert [each["title"] for each in ben.all("a", href="/cards/1") if "title" in each] == ["Cut the reeds"]
    assert ben.all("a", href=f"/cards/{hidden.number}") == []
    assert "Secret" not in ben.html
    for page in (ada, ben):
        assert page.all("a", href=f"/cards/{draft.number}") == []
        assert f"#{hidden.number}" in page.words
