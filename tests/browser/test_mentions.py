"""People and cards offered while one types `@` and `#` on a card."""

import re

import pytest
from playwright.sync_api import Page, expect

from host.db import db
from host.models import User

ACTIVE = re.compile(r"^people-\d+$")


@pytest.fixture
def at(account, board, owner, member, page) -> Page:
    """Ada's tab with her card open; Ben, Odile and Oda see the board too."""
    board.grant([member])
    for name in ("Odile Marsh", "Oda Fen"):
        User.join(account, name=name, email=None)
    board.add_card("Cut the reeds", by=owner)
    db.session.commit()
    page.goto("/cards/1")
    return page


def options(page):
    return page.get_by_role("listbox", name="People").get_by_role("option")


def marked(page):
    return page.get_by_role("listbox", name="People").get_by_role("option", selected=True)


def test_who_is_meant_is_chosen_by_keys(at, say, stored):
    at.keyboard.type("Ask @od")
    expect(options(at)).to_have_text([re.compile("Oda Fen@oda-fen"), re.compile("Odile Marsh@odile-marsh")])
    expect(say).to_be_focused()
    at.keyboard.press("ArrowDown")
    odile = marked(at)
    expect(odile).to_contain_text("Odile Marsh")
    expect(say).to_have_attribute("aria-activedescendant", odile.get_attribute("id"))
    at.keyboard.press("Enter")
    expect(say).to_have_value("Ask @odile-marsh ")
    expect(options(at)).to_have_count(0)
    expect(say).not_to_have_attribute("aria-activedescendant", ACTIVE)
    at.keyboard.type("and @ben")
    expect(options(at)).to_have_count(1)
    at.keyboard.press("Tab")
    expect(say).to_be_focused()
    at.keyboard.press("Control+Enter")
    expect(at.locator(".comment .mention")).to_have_text(["@odile-marsh", "@ben-hollow"])
    assert stored(lambda card: [comment.body for comment in card.comments]) == ["Ask @odile-marsh and @ben-hollow"]


def test_a_list_goes_round_and_is_announced(at, say):
    at.keyboard.type("@")
    expect(options(at)).to_have_count(4)
    expect(at.locator("#announcer")).to_have_text("4 people. Arrow keys choose, Enter takes.")
    at.keyboard.press("ArrowUp")
    expect(marked(at)).to_contain_text("Odile Marsh")
    at.keyboard.press("ArrowDown")
    expect(marked(at)).to_contain_text("Ada Field")


def test_escape_closes_the_list_and_stays_in_the_field(at, say):
    at.keyboard.type("@od")
    expect(options(at)).to_have_count(2)
    at.keyboard.press("Escape")
    expect(options(at)).to_have_count(0)
    expect(say).to_be_focused()
    at.keyboard.press("Enter")
    expect(say).to_have_value("@od\n")
    at.keyboard.press("Escape")
    expect(say).not_to_be_focused()


def test_what_is_no_mention_offers_nobody(at, say):
    at.keyboard.type("@oda")
    expect(options(at)).to_have_count(1)
    at.keyboard.type("x")
    expect(options(at)).to_have_count(0)
    at.keyboard.type(" me@od")
    at.wait_for_timeout(300)
    expect(options(at)).to_have_count(0)


def test_a_name_in_the_middle_of_words_is_completed_there(at, say):
    say.fill("Ask @od soon")
    for _step in range(5):
        at.keyboard.press("ArrowLeft")
    at.keyboard.type("i")
    expect(options(at)).to_have_count(1)
    at.keyboard.press("Enter")
    expect(say).to_have_value("Ask @odile-marsh soon")
    at.keyboard.type("very ")
    expect(say).to_have_value("Ask @odile-marsh very soon")


def test_going_elsewhere_closes_the_list(at, say):
    at.keyboard.type("@od")
    expect(options(at)).to_have_count(2)
    at.keyboard.press("ArrowLeft")
    expect(options(at)).to_have_count(0)
    at.keyboard.press("ArrowRight")
    at.keyboard.type("i")
    expect(options(at)).to_have_count(1)
    at.locator("h1").click()
    expect(options(at)).to_have_count(0)


def test_a_click_takes_too_in_the_description(at, stored):
    at.locator("body").press("e")
    field = at.get_by_label("Description")
    field.click()
    at.keyboard.type("With @od")
    options(at).filter(has_text="Odile").click()
    expect(field).to_have_value("With @odile-marsh ")
    expect(field).to_be_focused()
    at.get_by_role("button", name="Save", exact=True).click()
    expect(at.locator("#card-body .mention")).to_have_attribute("title", "Odile Marsh")


def test_a_tap_takes_on_a_phone(at, window, owner):
    phone = window(owner, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()
    phone.goto("/cards/1")
    phone.get_by_label("Write a comment").tap()
    phone.keyboard.type("@od")
    expect(options(phone)).to_have_count(2)
    box = phone.locator("#offered").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    options(phone).filter(has_text="Odile").tap()
    expect(phone.get_by_label("Write a comment")).to_have_value("@odile-marsh ")


def test_whom_words_do_not_reach_the_author_reads_at_once(at, say):
    at.keyboard.type("@nobody, look")
    at.keyboard.press("Control+Enter")
    expect(at.locator(".toast")).to_contain_text("Nobody here is called @nobody.")
    expect(at.locator(".comment .prose")).to_have_text("@nobody, look")


def cards(page):
    return page.get_by_role("listbox", name="Cards").get_by_role("option")


@pytest.fixture
def gates(at, board, owner):
    """Cards 2 and 3 of her board."""
    for title in ("Oil the gate", "Mend the gate post"):
        board.add_card(title, by=owner)
    db.session.commit()


def test_a_card_is_chosen_by_words_of_its_title(at, gates, say):
    at.keyboard.type("First #gate")
    expect(cards(at)).to_have_text([re.compile("3Mend the gate post"), re.compile("2Oil the gate")])
    at.keyboard.type(" oil")
    expect(cards(at)).to_have_count(1)
    expect(at.locator("#announcer")).to_have_text("1 card. Enter takes its number.")
    at.keyboard.press("Enter")
    expect(say).to_have_value("First #2 ")
    expect(cards(at)).to_have_count(0)
    at.keyboard.press("Control+z")
    expect(say).to_have_value("First #gate oil")
    at.keyboard.press("Control+y")
    at.keyboard.press("Control+Enter")
    at.locator(".comment .prose").get_by_role("link", name="#2").click()
    expect(at.get_by_role("heading", name="Oil the gate", level=1)).to_be_visible()


def test_a_card_is_chosen_by_its_number_and_people_beside_it(at, gates, say):
    at.keyboard.type("#3")
    expect(cards(at)).to_have_count(1)
    at.keyboard.press("Tab")
    expect(say).to_have_value("#3 ")
    at.keyboard.type("@oda")
    expect(options(at)).to_have_count(1)
    expect(cards(at)).to_have_count(0)
    at.keyboard.press("Tab")
    expect(say).to_have_value("#3 @oda-fen ")


@pytest.mark.parametrize("typed", ["# gate", "## gate", "a#gate", "&#3", "/#3", "#3 gate", "#-"])
def test_what_is_no_number_offers_no_card(at, gates, say, typed):
    at.keyboard.type(typed)
    at.wait_for_timeout(400)
    expect(cards(at)).to_have_count(0)


def test_the_browsers_zone_is_offered_to_who_chose_none(window, owner):
    page = window(owner, timezone_id="Asia/Tokyo").new_page()
    page.goto("/settings/you")
    page.get_by_role("button", name="Use Asia/Tokyo, as this browser does").click()
    expect(page.get_by_label("Time zone")).to_have_value("Asia/Tokyo")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("Saved.")
    expect(page.get_by_label("Time zone")).to_have_value("Asia/Tokyo")
    expect(page.get_by_role("button", name="Use Asia")).to_have_count(0)
