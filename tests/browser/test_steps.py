"""Steps under the hands."""

import pytest
from playwright.sync_api import Page, expect

from host.db import db
from tests.browser.hands import GAP, drag, held_by_a_finger


@pytest.fixture
def at(board, owner, page) -> Page:
    """Ada's tab with a card of three steps."""
    card = board.add_card("Cut the reeds", by=owner)
    for text in ("one", "two", "three"):
        card.add_step(text)
    db.session.commit()
    page.goto("/cards/1")
    return page


def order(stored):
    return stored(lambda card: [step.text for step in card.steps])


def test_keys_move_a_step_and_it_keeps_the_focus(at, stored):
    tick = at.get_by_role("checkbox", name="one")
    tick.focus()
    at.keyboard.press("Alt+ArrowDown")
    expect(at.locator(".step-row label").first).to_have_text("two")
    expect(tick).to_be_focused()
    expect(at.locator("#announcer")).to_have_text("one: now step 2 of 3.")
    at.keyboard.press("Alt+ArrowUp")
    expect(at.locator(".step-row label").first).to_have_text("one")
    assert order(stored) == ["one", "two", "three"]


def test_the_mouse_moves_a_step(at, stored):
    rows = at.locator(".step-row")
    drag(rows.nth(2), rows.first, grasp={"x": 300, "y": 10}, gap=at.locator(f".rows > {GAP}:first-child"))
    expect(at.locator(".step-row label").first).to_have_text("three")
    expect(at.locator("#announcer")).to_have_text("three: now step 1 of 3.")
    assert order(stored) == ["three", "one", "two"]


def test_a_finger_moves_a_step(board, owner, window, stored):
    card = board.add_card("Cut the reeds", by=owner)
    for text in ("one", "two", "three"):
        card.add_step(text)
    page = window(owner, has_touch=True, viewport={"width": 390, "height": 844}).new_page()
    page.goto("/cards/1")
    labels = page.locator(".step-row label")
    with held_by_a_finger(page, labels.first, labels.nth(2)):
        expect(page.locator(f".step-row:nth-child(3){GAP}")).to_have_count(1)
    expect(page.locator("#announcer")).to_have_text("one: now step 3 of 3.")
    expect(labels).to_have_text(["two", "three", "one"])
    assert order(stored) == ["two", "three", "one"]


def test_a_step_is_reworded_with_a_person(at, member, stored):
    at.get_by_role("link", name="Edit step: two").focus()
    at.keyboard.press("Enter")
    field = at.get_by_label("The step")
    expect(field).to_be_focused()
    field.fill("two for @be")
    at.keyboard.type("n")
    at.locator("#offered [role=option]").click()
    expect(field).to_have_value("two for @ben-hollow ")
    at.keyboard.press("Enter")
    expect(at.locator(".step-row label").nth(1)).to_have_text("two for @ben-hollow")
    expect(at.locator("#assigned .people")).to_contain_text("Ben Hollow")
    assert order(stored) == ["one", "two for @ben-hollow", "three"]
