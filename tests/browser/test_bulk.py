"""Marking several cards and doing one thing to all of them."""

import re

import pytest
from playwright.sync_api import expect

from host.db import db


@pytest.fixture
def planted(board, owner):
    for title in ("one", "two", "three", "four"):
        board.add_card(title, by=owner)
    db.session.commit()


def box(page, number):
    return page.locator(f"#card-{number} .pick")


def test_a_range_is_marked_with_shift_and_moved_and_undone(planted, page):
    page.goto("/boards/1")
    page.locator("#card-4").hover()
    box(page, 4).click()
    box(page, 2).click(modifiers=["Shift"])
    expect(page.locator("#bulk-count")).to_have_text("3 marked")
    page.locator("#bulk").get_by_role("button", name="Move").click()
    page.locator("#bulk-move").get_by_role("button", name="Writing").click()
    expect(page.locator("#col-1 .card")).to_have_count(3)
    expect(page.locator("#cards-maybe .card[data-number]")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#cards-maybe .card[data-number]")).to_have_count(4)
    expect(page.locator(".toast")).to_contain_text("3 cards are as they were.")


def test_by_keys_alone(planted, page, stored):
    page.goto("/boards/1")
    page.locator("#card-4 .card-title a").focus()
    page.keyboard.press("x")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("x")
    expect(page.locator("#bulk-count")).to_have_text("2 marked")
    field = page.get_by_label("Tag for the marked cards")
    field.fill("water")
    field.press("Enter")
    expect(page.locator(".card .tag", has_text="water")).to_have_count(2)
    page.locator("#card-4 .card-title a").focus()
    page.keyboard.press("x")
    page.keyboard.press("Escape")
    expect(page.locator("#bulk")).to_be_hidden()


def test_marks_outlive_what_others_change(planted, page, window, member):
    page.goto("/boards/1")
    page.locator("#card-2").hover()
    box(page, 2).click()
    other = window(member).new_page()
    other.goto("/boards/1")
    other.get_by_label("New card").fill("five")
    other.get_by_label("New card").press("Enter")
    expect(page.locator("#card-5")).to_be_visible()
    expect(box(page, 2)).to_be_checked()
    expect(page.locator("#bulk-count")).to_have_text("1 marked")


def test_without_scripts_the_boxes_are_a_form(planted, window, owner):
    page = window(owner, java_script_enabled=False).new_page()
    page.goto("/boards/1?sort=oldest")
    expect(page.locator("#bulk")).to_be_hidden()
    box(page, 1).check()
    box(page, 2).check()
    page.locator("#bulk").get_by_role("button", name="Done").click()
    expect(page).to_have_url(re.compile(r"sort=oldest"))
    expect(page.locator("#cards-maybe .card[data-number]")).to_have_count(2)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#cards-maybe .card[data-number]")).to_have_count(4)
