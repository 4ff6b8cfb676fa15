"""The palette and the single keys under real hands."""

import re

from playwright.sync_api import expect

from host.db import db


def options(page):
    return page.locator("#palette-list [role=option]:not([hidden])")


def test_a_board_is_found_by_its_letters_and_opened(board, page, owner, member):
    board.add_card("Sow the rye", by=owner)
    db.session.commit()
    page.goto("/cards/1")
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="Where to, or what to do")
    expect(field).to_be_focused()
    expect(page.get_by_role("option", name="Launch", exact=True)).to_be_visible()
    page.keyboard.type("bén hol")
    expect(options(page)).to_have_count(1)
    expect(field).to_have_attribute("aria-activedescendant", re.compile("go-"))
    page.keyboard.press("Control+a")
    page.keyboard.type("launch board")
    expect(page.locator("#palette [aria-selected=true]")).to_contain_text("Launch")
    page.keyboard.press("Enter")
    page.wait_for_url("**/boards/1")


def test_a_number_is_a_card(board, page, owner):
    board.add_card("Sow the rye", by=owner)
    db.session.commit()
    page.goto("/boards/1")
    page.keyboard.press("Control+k")
    expect(options(page).first).to_be_visible()
    page.keyboard.type("#1")
    expect(page.locator("#palette [aria-selected=true]")).to_have_text("Card 1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cards/1")
    expect(page.get_by_role("heading", name="Sow the rye")).to_be_visible()


def test_arrows_go_round_and_escape_closes(board, page):
    page.goto("/boards/1")
    page.get_by_role("link", name="Command palette").click()
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    expect(options(page).last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(options(page).nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.type("zzz")
    expect(page.locator("#palette-said")).to_have_text("Nothing of that name.")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()


def test_it_does_things_too(board, page):
    page.goto("/boards/1")
    page.keyboard.press("Control+k")
    expect(options(page).first).to_be_visible()
    page.keyboard.type("dark")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page).to_have_url(re.compile("/boards/1$"))
    page.keyboard.press("Control+k")
    expect(options(page).first).to_be_visible()
    page.keyboard.type("sign out")
    page.keyboard.press("Enter")
    page.wait_for_url("**/session/new**")


def test_who_switched_single_keys_off_types_in_peace(board, page, owner):
    card = board.add_card("Sow the rye", by=owner)
    owner.use_single_keys(False)
    db.session.commit()
    page.goto("/boards/1")
    page.locator("#card-1 .card-title a").focus()
    page.keyboard.press("d")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(options(page).first).to_be_visible()
    db.session.rollback()
    assert card.closure is None


def test_the_list_of_keys_tells_what_the_page_can_do(board, page, owner):
    board.add_card("Sow the rye", by=owner)
    db.session.commit()
    page.goto("/boards/1")
    page.keyboard.press("?")
    told = page.locator("#keys .keylist")
    for words in ("Move", "Keep", "Not now", "Done", "Golden or plain", "Add card", "Command palette", "This list"):
        expect(told).to_contain_text(words)
