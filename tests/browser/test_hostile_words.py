"""What people write, in a real browser: it does nothing, and its links lead where they say."""

import pytest

from host.db import db

SCRIPT = "\"><img src=x onerror=alert(1)><script>alert(2)</script>'"


@pytest.fixture
def linked(board, owner):
    """A card whose words lead to its board and to another card, once by path and once in full."""
    other = board.add_card("Mend the gate")
    card = board.add_card("Cut the reeds", description=f"[board](/boards/{board.id}), [gate](/cards/{other.number}).")
    card.comment(f"See [it there](/cards/{other.number}?edit=1) too.", owner)
    db.session.commit()
    return card


@pytest.mark.parametrize(("link", "heading"), [("board", "Launch"), ("gate", "Mend the gate"), ("it there", None)])
def test_a_link_in_a_card_leads_to_its_page(page, linked, link, heading):
    page.goto(f"/cards/{linked.number}")
    wanted = page.get_by_role("link", name=link, exact=True).get_attribute("href")
    page.get_by_role("link", name=link, exact=True).click()
    page.wait_for_url(f"**{wanted}")
    if heading:
        assert page.get_by_role("heading", name=heading, level=1).is_visible()


def test_the_cards_own_links_stay_in_its_place(page, linked):
    page.goto(f"/cards/{linked.number}")
    page.evaluate("() => { window.sameDocument = true; }")
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Title").wait_for()
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("link", name="Edit").wait_for()
    assert page.evaluate("() => window.sameDocument")


def test_names_and_words_are_shown_and_never_run(page, owner, account, board):
    owner.name = account.name = board.name = SCRIPT
    column = board.add_column(SCRIPT)
    card = board.add_card(SCRIPT, description=SCRIPT, column=column)
    card.comment(SCRIPT, owner)
    card.add_step(SCRIPT)
    card.tag(SCRIPT)
    card.assign(owner, owner)
    db.session.commit()
    opened = []
    page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
    for address in (f"/boards/{board.id}", f"/cards/{card.number}", "/boards", "/settings/people"):
        page.goto(address)
        assert page.locator("img[src=x]").count() == 0
        assert page.get_by_text("onerror=alert(1)").count() > 0, address
    assert opened == []


@pytest.mark.parametrize("columns", [2, 14])
def test_a_phone_scrolls_the_columns_and_not_the_page(window, owner, board, columns):
    """What is hidden from sight in a column beyond the edge must not widen the page."""
    for number in range(columns):
        column = board.add_column(f"Column {number}")
    for number in range(3):
        board.add_card(f"Card {number}", column=column).close(owner)
    page = window(owner, viewport={"width": 390, "height": 844}).new_page()
    for address in (f"/boards/{board.id}", "/boards", "/cards/1", "/settings/people"):
        page.goto(address)
        page.evaluate("() => scrollTo(9999, 0)")
        assert page.evaluate("() => scrollX") == 0, address
