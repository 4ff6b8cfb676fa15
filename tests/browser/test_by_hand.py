"""A column that is ordered by hand, under the hands."""

import pytest
from playwright.sync_api import expect

from host.db import db
from tests.browser.hands import GAP, drag, held_by_a_finger
from tests.patience import until


@pytest.fixture
def laid(board, owner):
    """Column 1, ordered by hand: Oats, Rye and Wheat from the top, with the numbers 3, 2 and 1."""
    for title in ("Wheat", "Rye", "Oats"):
        board.add_card(title, column=board.columns[0])
    board.columns[0].change({"order": "hand"}, by=owner)
    board.add_card("Barley")
    db.session.commit()


def titles(page, key="1"):
    return page.locator(f"#cards-{key} .card-title")


def told(page, words):
    expect(page.locator("#announcer")).to_have_text(words)


def focus(page, number):
    page.locator(f"#card-{number} .card-title a").focus()


def test_a_card_lies_where_it_is_dropped(laid, page, window, member):
    other = window(member).new_page()
    for each in (page, other):
        each.goto("/boards/1")
    below = page.locator(f"li:has(#card-2) + {GAP}")
    drag(page.locator("#card-3"), page.locator("#card-2"), at={"x": 40, "y": 50}, gap=below)
    told(page, "Card 3: now 2 of 3 from the top.")
    for each in (page, other):
        expect(titles(each)).to_have_text(["Rye", "Oats", "Wheat"])
    page.reload()
    expect(titles(page)).to_have_text(["Rye", "Oats", "Wheat"])


def test_one_from_elsewhere_lies_where_it_is_dropped(laid, page):
    page.goto("/boards/1")
    above = page.locator(f"{GAP} + li:has(#card-1)")
    drag(page.locator("#card-4"), page.locator("#card-1"), at={"x": 40, "y": 6}, gap=above)
    told(page, "Card 4 is in Writing.")
    expect(titles(page)).to_have_text(["Oats", "Rye", "Barley", "Wheat"])
    page.reload()
    expect(titles(page)).to_have_text(["Oats", "Rye", "Barley", "Wheat"])


def test_a_finger_lays_a_card(laid, window, owner):
    page = window(owner, has_touch=True, viewport={"width": 1200, "height": 800}).new_page()
    page.goto("/boards/1")
    with held_by_a_finger(page, page.locator("#card-1"), page.locator("#card-3 .card-no")):
        expect(page.locator(f"{GAP} + li:has(#card-3)")).to_have_count(1)
    told(page, "Card 1: now 1 of 3 from the top.")
    expect(titles(page)).to_have_text(["Wheat", "Oats", "Rye"])


def test_keys_lay_a_card_and_it_keeps_the_focus(laid, page):
    page.goto("/boards/1")
    focus(page, 1)
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("Shift+ArrowUp")
    told(page, "Card 1: now 1 of 3 from the top.")
    expect(titles(page)).to_have_text(["Wheat", "Oats", "Rye"])
    expect(page.locator("#card-1 .card-title a")).to_be_focused()
    page.keyboard.press("Shift+ArrowDown")
    told(page, "Card 1: now 2 of 3 from the top.")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_contain_text("Up or down, where cards lie by hand")


def test_far_down_too(board, owner, page):
    board.columns[0].change({"order": "hand"}, by=owner)
    for number in range(60):
        board.add_card(f"Card {number}", column=board.columns[0])
    db.session.commit()
    page.goto("/boards/1")
    expect(titles(page)).to_have_count(16)
    focus(page, 45)
    for place in (17, 18):
        page.keyboard.press("Shift+ArrowDown")
        told(page, f"Card 45: now {place} of 60 from the top.")
        expect(page.locator("#card-45 .card-title a")).to_be_focused()
    until(lambda: page.mouse.wheel(0, 5000) or titles(page).count() == 60)  # drawn anew meanwhile, it may end sooner
    focus(page, 20)
    page.keyboard.press("k")
    told(page, "Card 20 is kept. Its clock starts again.")
    expect(page.locator("#card-20 .card-title a")).to_be_focused()


def test_the_picker_has_buttons_for_it(laid, page):
    page.goto("/boards/1")
    focus(page, 3)
    page.keyboard.press("m")
    page.locator("#mover").get_by_role("button", name="Down").click()
    told(page, "Card 3: now 2 of 3 from the top.")
    expect(page.locator("#card-3 .card-title a")).to_be_focused()
    focus(page, 4)
    page.keyboard.press("m")
    expect(page.locator("#mover").get_by_role("button", name="Writing")).to_be_visible()
    expect(page.locator("#mover").get_by_role("button", name="Down")).to_be_hidden()
