"""A card that is written at leisure."""

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def at(board, page) -> Page:
    """Ada's tab with the board open."""
    page.goto("/boards/1")
    return page


def open_draft(page):
    page.get_by_label("New card", exact=True).focus()
    page.get_by_role("button", name="With details").click()
    page.wait_for_url("**/cards/1")


def test_it_is_kept_while_one_types_and_across_a_reload(at, stored):
    at.get_by_label("New card", exact=True).fill("Cut the reeds")
    open_draft(at)
    expect(at.get_by_label("Title")).to_have_value("Cut the reeds")
    at.get_by_label("Description").fill("By **Sun")
    expect(at.locator("#kept")).to_have_text("Kept")
    at.get_by_label("Description").press_sequentially("day**")
    at.reload()
    expect(at.get_by_label("Description")).to_have_value("By **Sunday**")
    assert stored(lambda card: (card.place.value, card.title)) == ("draft", "Cut the reeds")


def test_a_step_takes_no_words_away(at):
    open_draft(at)
    at.get_by_label("Title").fill("Cut the reeds")
    at.get_by_label("Add a step").fill("Sharpen the scythe")
    at.keyboard.press("Enter")
    expect(at.get_by_role("checkbox", name="Sharpen the scythe")).to_be_visible()
    expect(at.get_by_label("Title")).to_have_value("Cut the reeds")


def test_one_after_another_by_keys(at, stored):
    open_draft(at)
    expect(at.get_by_label("Title")).to_be_focused()
    at.keyboard.type("Cut the reeds")
    at.keyboard.press("Control+Shift+Enter")
    at.wait_for_url("**/cards/2")
    expect(at.locator(".toast")).to_contain_text("Card 1 added.")
    expect(at.get_by_label("Title")).to_be_focused()
    at.keyboard.type("Oil the gate")
    at.keyboard.press("Control+Enter")
    at.wait_for_url("**/boards/1#card-2")
    assert [stored(lambda card: card.title, number) for number in (1, 2)] == ["Cut the reeds", "Oil the gate"]
