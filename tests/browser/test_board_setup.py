"""Columns moved by keys, people ticked, tags completed: what a script adds to the forms of a board's setup."""

import pytest
from playwright.sync_api import expect

from host.db import db
from host.models import Board
from tests.browser.hands import GAP, drag, held_by_a_finger


@pytest.fixture
def wide(owner) -> Board:
    """Board 1, with three columns and a card."""
    board = Board.create("Wide", by=owner, columns=["A", "B", "C"])
    board.add_card("Cut the reeds", by=owner).tag("garden")
    db.session.commit()
    return board


def order(page):
    return [name.inner_text() for name in page.locator(".column:not([data-stream]) .column-head .name").all()]


def test_shift_and_an_arrow_move_the_column_that_has_the_focus(wide, page):
    page.goto("/boards/1")
    for key, wanted in (("ArrowRight", "BAC"), ("ArrowRight", "BCA"), ("ArrowLeft", "BAC")):
        head = page.locator("#col-1 .column-head button")
        head.focus()
        page.keyboard.press(f"Shift+{key}")
        expect(page.locator(".column:not([data-stream]) .column-head .name")).to_have_text(["Not now", *wanted, "Done"])
        expect(head).to_be_focused()
    head.focus()
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator(".column .name").nth(2)).to_have_text("A")
    head.focus()
    page.keyboard.press("Shift+ArrowLeft")  # it stands at the left end
    assert order(page) == ["Not now", "A", "B", "C", "Done"]


def test_a_column_is_dragged_by_its_head(wide, page, window, member):
    other = window(member).new_page()
    for each in (page, other):
        each.goto("/boards/1")
    heads = [page.locator(f"#col-{number} .column-head") for number in (1, 2, 3)]
    drag(heads[0], heads[2], gap=page.locator(f"#col-3 + {GAP}"))
    expect(page.locator("#announcer")).to_have_text("A: now column 3 of 3.")
    for each in (page, other):
        names = each.locator(".column:not([data-stream]) .column-head .name")
        expect(names).to_have_text(["Not now", "B", "C", "A", "Done"])
    expect(page.locator("#col-1 .column-head button")).to_be_focused()
    page.reload()
    assert order(page) == ["Not now", "B", "C", "A", "Done"]


def test_a_click_on_a_head_folds_it_still(wide, page):
    page.goto("/boards/1")
    page.locator("#h-2 button").click()
    expect(page.locator("#h-2 button")).to_have_attribute("aria-expanded", "false")
    assert order(page) == ["Not now", "A", "B", "C", "Done"]


def test_a_finger_moves_a_column(wide, window, owner):
    page = window(owner, has_touch=True, viewport={"width": 1200, "height": 800}).new_page()
    page.goto("/boards/1")
    heads = [page.locator(f"#col-{number} .column-head") for number in (1, 2)]
    with held_by_a_finger(page, heads[1], heads[0]):
        expect(page.locator(f"{GAP} + #col-1")).to_have_count(1)
    expect(page.locator("#announcer")).to_have_text("B: now column 1 of 3.")
    assert order(page) == ["Not now", "B", "A", "C", "Done"]


def test_people_are_ticked_where_only_some_see_the_board(wide, page, member):
    page.goto("/boards/1/edit")
    expect(page.get_by_role("checkbox", name="Ben Hollow")).to_be_hidden()
    page.get_by_text("Only these people").click()
    page.get_by_role("checkbox", name="Ben Hollow").uncheck()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/boards/1")
    page.goto("/boards/1/edit")
    expect(page.get_by_role("checkbox", name="Ben Hollow")).not_to_be_checked()


def test_a_tag_is_completed_while_it_is_typed(wide, page):
    page.goto("/cards/1")
    page.get_by_label("Add a tag").first.click()
    field = page.locator("#new-tag")
    field.press_sequentially("gar")
    expect(page.locator("#tag-titles option[value=garden]")).to_have_count(1)
    field.press_sequentially("x")
    expect(page.locator("#tag-titles option")).to_have_count(0)
    field.fill("harvest")
    field.press("Enter")
    expect(page.locator("#tags .tag .name")).to_have_text(["garden", "harvest"])


def test_a_tag_that_is_renamed_is_so_on_an_open_board(wide, window, page, owner):
    page.goto("/boards/1")
    other = window(owner).new_page()
    other.goto("/settings/tags/1")
    other.get_by_label("Title").fill("kitchen")
    other.get_by_role("button", name="Save").click()
    expect(page.locator(".card .tag")).to_have_text(["kitchen"])
