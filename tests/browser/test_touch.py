"""Cards under a finger: a short press takes hold, and what moves sooner scrolls."""

import pytest
from playwright.sync_api import Page, expect

from host.db import db
from tests.browser.hands import CARRIED, GAP, held_by_a_finger

WIDE = {"width": 1200, "height": 800}
PHONE = {"width": 390, "height": 844}
HOUR = 3_600_000  # milliseconds


@pytest.fixture
def planted(board):
    """Twenty cards in Maybe?, and none in the columns 1 and 2."""
    for number in range(20):
        board.add_card(f"Card {number}")
    db.session.commit()


@pytest.fixture
def touched(planted, window, owner):
    """touched(WIDE): Ada's board on a screen that is touched."""

    def screen(size) -> Page:
        page = window(owner, has_touch=True, is_mobile=size is PHONE, viewport=size).new_page()
        page.goto("/boards/1")
        return page

    return screen


def test_a_card_is_carried_to_another_column(touched, stored):
    page = touched(WIDE)
    with held_by_a_finger(page, page.locator("#card-20"), page.locator("#col-1")):
        expect(page.locator(f"#col-1 {GAP}")).to_have_count(1)
    expect(page.locator("#announcer")).to_have_text("Card 20 is in Writing.")
    expect(page.locator("#cards-1 .card-title")).to_have_text(["Card 19"])
    assert stored(lambda card: card.column.name, 20) == "Writing"


def test_a_card_is_dropped_on_a_folded_field(touched, stored):
    page = touched(WIDE)
    with held_by_a_finger(page, page.locator("#card-20"), page.locator("#col-done")):
        expect(page.locator(f"#col-done {GAP}")).to_have_count(1)
    expect(page.locator("#announcer")).to_have_text("Card 20 is done.")
    assert stored(lambda card: card.place.value, 20) == "done"


def test_on_a_phone_the_columns_come_to_the_finger(touched, stored):
    page = touched(PHONE)
    with held_by_a_finger(page, page.locator("#card-20"), page.locator("#col-1")):
        expect(page.locator(f"#col-1 {GAP}")).to_have_count(1)
    expect(page.locator("#announcer")).to_have_text("Card 20 is in Writing.")
    assert stored(lambda card: card.column.name, 20) == "Writing"


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_finger_that_moves_at_once_takes_nothing(touched, stored, size):
    page = touched(size)
    page.clock.install(time=0)
    page.clock.pause_at(HOUR)  # however long the machine takes, the finger is quick
    with held_by_a_finger(page, page.locator("#card-18"), page.locator("#h-maybe"), long=False):
        page.clock.run_for(HOUR)
        expect(page.locator(f"{CARRIED}, {GAP}")).to_have_count(0)
    expect(page.locator("#announcer")).to_have_text("")
    assert stored(lambda card: card.place.value, 18) == "maybe"


def test_a_tap_opens_the_card(touched):
    page = touched(PHONE)
    page.locator("#card-20 .card-title a").tap()
    page.wait_for_url("**/cards/20")
