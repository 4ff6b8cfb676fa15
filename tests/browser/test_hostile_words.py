"""What people write, in a real browser: it does nothing, and its links lead where they say."""

import pytest

from host.db import db
from host.models import SavedView

SCRIPT = "\"><img src=x onerror=alert(1)><script>alert(2)</script>'"
WORDS = {
    "turned around": "\u202eevil\u202c שלום \u2066مرحبا (a) [b] 1-2",
    "without width": "a\u200b\u200c\u200db\u2060c\ufeff",
    "emoji": "👩\u200d👩\u200d👧\u200d👦🏳\ufe0f\u200d🌈🇺🇳 z\u0338\u0322\u031ba\u0334l\u0337g\u0338o\u0335",
    "without a space": "W" * 100,
}


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
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Title").wait_for()
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("link", name="Edit", exact=True).wait_for()
    assert page.evaluate("() => window.sameDocument")


@pytest.fixture
def written(owner, account, board):
    """written("…"): these words, wherever a person can write some."""

    def write(words: str) -> tuple[str, ...]:
        owner.rename(words)
        account.rename(words)
        board.change({"name": words, "description": words}, by=owner)
        column = board.add_column(words)
        card = board.add_card(words, by=owner, description=words, column=column)
        card.comment(words, owner)
        card.add_step(words, by=owner)
        card.react(words[:16], owner)
        tag = card.tag(words)
        card.assign(owner, owner)
        view = SavedView.keep(owner, words, {"tag": [tag.title]})
        board.publish(by=owner).key = "key"
        db.session.commit()
        own, settings = f"/boards/{board.id}", ("/settings/people", "/settings/tags", f"/settings/tags/{tag.id}")
        on_board = (own, f"{own}?tag=x&view={view.id}", f"{own}/edit", f"{own}/columns/{column.id}/edit")
        lists = ("/boards", "/cards", "/activity", "/palette", f"/views/{view.id}/edit", "/public/boards/key")
        return (*on_board, f"/cards/{card.number}", *lists, *settings)

    return write


def test_names_and_words_are_shown_and_never_run(page, written):
    opened = []
    page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
    for address in written(SCRIPT):
        page.goto(address)
        assert page.locator("img[src=x]").count() == 0
        assert "onerror=alert(1)" in page.content(), address
    assert opened == []


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_odd_words_stay_in_their_place(window, owner, written, words):
    """On a phone, where there is no room to spare."""
    page = window(owner, viewport={"width": 390, "height": 844}).new_page()
    for address in written(words):
        page.goto(address)
        page.evaluate("() => scrollTo(9999, 0)")
        assert page.evaluate("() => scrollX") == 0, address
        assert not set(page.locator("body").inner_text()) & set("\u202a\u202b\u202c\u202d\u202e"), address


def test_ten_thousand_lines_are_shown(page, board, owner):
    board.add_card("Long", by=owner, description="- [ ] it\n" * 10_000)
    db.session.commit()
    page.goto("/cards/1", timeout=60_000)
    assert page.locator("#card-body li").count() == 10_000
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Description").press("Control+Home")
    page.keyboard.type("**Now**\n\n")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator("#card-body strong").wait_for(timeout=60_000)


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
