"""The card's page under the hands: keys, forms that stay in their place, and what others do meanwhile."""

import pytest
from playwright.sync_api import Page, expect

from host.db import db


@pytest.fixture
def at(board, owner, member, page) -> Page:
    """Ada's tab with her card open."""
    card = board.add_card("Cut the reeds", by=owner, description="By **Sunday**.")
    card.add_step("Sharpen the scythe")
    db.session.commit()
    page.goto("/cards/1")
    return page


def press(page, key):
    page.locator("body").press(key)


def test_a_comment_is_said_with_the_keyboard(at, stored):
    press(at, "c")
    expect(at.get_by_label("Write a comment")).to_be_focused()
    at.keyboard.type("Still **on** it")
    at.keyboard.press("Control+Enter")
    said = at.locator(".comment .prose")
    expect(said).to_have_text("Still on it")
    expect(said.locator("strong")).to_have_text("on")
    expect(at.get_by_label("Write a comment")).to_have_value("")
    assert stored(lambda card: [comment.body for comment in card.comments]) == ["Still **on** it"]


def test_steps_are_added_one_after_another_and_ticked(at, stored):
    field = at.get_by_label("Add a step")
    field.click()
    for text in ("Oil it", "Cut"):
        at.keyboard.type(text)
        at.keyboard.press("Enter")
        expect(at.get_by_role("checkbox", name=text)).to_be_visible()
        expect(field).to_be_focused()
        expect(field).to_have_value("")
    at.get_by_text("Oil it").click()
    tick = at.get_by_role("checkbox", name="Oil it")
    expect(tick).to_be_checked()
    expect(at.locator("#steps-h")).to_contain_text("1 of 3")
    tick.press("Space")
    expect(tick).not_to_be_checked()
    expect(tick).to_be_focused()
    at.get_by_role("button", name="Remove step: Sharpen the scythe").press("Enter")
    expect(at.get_by_role("checkbox")).to_have_count(2)
    assert stored(lambda card: [(step.text, step.done) for step in card.steps]) == [("Oil it", False), ("Cut", False)]


def test_words_are_edited_in_their_place(at, stored):
    press(at, "e")
    title = at.get_by_label("Title")
    expect(title).to_be_focused()
    expect(title).to_have_value("Cut the reeds")
    title.fill("Cut the sedge")
    at.get_by_label("Description").fill("- one\n- two")
    at.get_by_role("button", name="Save").click()
    expect(at.locator("h1")).to_have_text("Cut the sedge")
    expect(at.locator("#card-body li")).to_have_text(["one", "two"])
    assert stored(lambda card: card.title) == "Cut the sedge"
    expect(at.locator("#talk")).to_contain_text("Ada Field renamed this, it was “Cut the reeds”")


def test_refused_words_stay_in_their_form(at, stored):
    press(at, "e")
    at.get_by_label("Title").fill("   ")
    at.get_by_label("Description").fill("kept")
    at.get_by_role("button", name="Save").click()
    expect(at.get_by_text("A card needs a title.")).to_be_visible()
    expect(at.get_by_label("Description")).to_have_value("kept")
    at.get_by_role("link", name="Cancel").click()
    expect(at.locator("h1")).to_have_text("Cut the reeds")
    assert stored(lambda card: card.description) == "By **Sunday**."


def test_keys_gild_watch_rest_and_close(at, stored):
    for key, name in (("g", "Golden"), ("w", "Watch")):
        button = at.get_by_role("button", name=name, exact=True)
        was = button.get_attribute("aria-pressed")
        press(at, key)
        expect(button).to_have_attribute("aria-pressed", "false" if was == "true" else "true")
    expect(at.locator("#card")).to_have_attribute("data-golden", "")
    press(at, "z")
    expect(at.get_by_role("button", name="Not now")).to_have_count(0)
    assert stored(lambda card: card.place.value) == "not_now"
    press(at, "d")
    expect(at.get_by_role("button", name="Open again")).to_be_visible()
    assert stored(lambda card: (card.place.value, card.golden, card.watchers)) == ("done", True, [])
    press(at, "d")
    expect(at.get_by_role("button", name="Done")).to_be_visible()


def test_a_pressed_button_keeps_the_focus(at):
    button = at.get_by_role("button", name="Golden", exact=True)
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()


def test_m_leads_to_the_columns_and_enter_moves(at, stored):
    press(at, "m")
    expect(at.get_by_role("button", name="Maybe?")).to_be_focused()
    at.keyboard.press("Tab")
    at.keyboard.press("Enter")
    expect(at.get_by_role("button", name="Writing")).to_have_attribute("aria-current", "true")
    expect(at.get_by_role("navigation", name="You are here")).to_contain_text("Writing")
    assert stored(lambda card: card.column.name) == "Writing"


def test_a_card_is_given_by_keyboard_and_taken(at, stored):
    press(at, "a")
    expect(at.locator("#assignee")).to_be_focused()
    at.locator("#assignee").select_option(label="Ben Hollow")
    at.keyboard.press("Tab")
    at.keyboard.press("Enter")
    expect(at.locator("#assigned .people")).to_have_text("BHBen Hollow")
    assert stored(lambda card: [person.name for person in card.assignees]) == ["Ben Hollow"]
    at.get_by_role("button", name="Take the card from Ben Hollow").click()
    expect(at.locator("#assigned .people")).to_have_count(0)


def test_a_tag_is_put_on_by_keyboard_and_taken_off(at, stored):
    press(at, "t")
    expect(at.locator("#new-tag")).to_be_focused()
    at.keyboard.type("Garden work")
    at.keyboard.press("Enter")
    expect(at.locator("#tags li")).to_have_text("garden work")
    at.get_by_role("button", name="Remove tag garden work").click()
    expect(at.locator("#tags li")).to_have_count(0)
    assert stored(lambda card: card.tags) == []


def test_a_half_written_comment_survives_whatever_else_one_does(at, window, member):
    at.get_by_label("Write a comment").fill("Half a thought")
    at.get_by_role("button", name="Golden", exact=True).click()
    expect(at.locator("#card")).to_have_attribute("data-golden", "")
    at.get_by_role("checkbox").click()
    expect(at.get_by_role("checkbox")).to_be_checked()
    expect(at.get_by_label("Write a comment")).to_have_value("Half a thought")
    other = window(member).new_page()
    other.goto("/cards/1")
    other.get_by_label("Write a comment").fill("From Ben")
    other.get_by_role("button", name="Comment", exact=True).click()
    expect(at.locator(".comment .prose")).to_have_text("From Ben")
    expect(at.get_by_label("Write a comment")).to_have_value("Half a thought")


def test_nothing_moves_under_somebody_who_writes(at, window, member):
    at.get_by_label("Write a comment").click()
    at.keyboard.type("Half a thou")
    other = window(member).new_page()
    other.goto("/cards/1")
    other.get_by_role("button", name="Writing").click()
    expect(other.get_by_role("button", name="Writing")).to_have_attribute("aria-current", "true")
    at.keyboard.type("ght")
    expect(at.get_by_role("button", name="Writing")).not_to_have_attribute("aria-current", "true")
    at.keyboard.press("Escape")
    expect(at.get_by_role("button", name="Writing")).to_have_attribute("aria-current", "true")
    expect(at.get_by_label("Write a comment")).to_have_value("Half a thought")


def test_two_who_look_see_each_others_steps(at, window, member):
    other = window(member).new_page()
    other.goto("/cards/1")
    at.get_by_role("checkbox").click()
    expect(other.get_by_role("checkbox")).to_be_checked()
    other.get_by_role("checkbox").click()
    expect(at.get_by_role("checkbox")).not_to_be_checked()


def test_keeping_starts_the_clock_again(at, stored, travel):
    travel(days=3)
    at.reload()
    expect(at.locator("#life")).to_contain_text("Rests in 27 days")
    at.get_by_role("button", name="Keep").click()
    expect(at.locator("#life")).to_contain_text("Rests in 30 days")


def test_a_card_is_taken_away_and_brought_back(at):
    at.get_by_role("button", name="Delete this card").click()
    at.wait_for_url("**/boards/*")
    expect(at.locator(".toast")).to_contain_text("Card 1 is gone.")
    at.get_by_role("button", name="Undo").click()
    at.wait_for_url("**/cards/1")
    expect(at.locator("h1")).to_have_text("Cut the reeds")


def test_a_step_is_taken_away_and_brought_back_where_it_was(at, stored):
    at.locator(".step-row").hover()
    at.get_by_role("button", name="Remove step: Sharpen the scythe").click()
    expect(at.locator(".toast")).to_contain_text("The step is gone.")
    expect(at.locator(".step-row")).to_have_count(0)
    at.get_by_label("Add a step").fill("Cut")
    at.keyboard.press("Enter")
    expect(at.locator(".step-row")).to_have_count(1)
    at.get_by_role("button", name="Undo").click()
    expect(at.locator(".step-row label")).to_have_text(["Sharpen the scythe", "Cut"])
    assert stored(lambda card: [step.text for step in card.steps]) == ["Sharpen the scythe", "Cut"]


def test_on_a_phone_the_controls_come_before_the_talk(window, owner, at):
    phone = window(owner, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()
    phone.goto("/cards/1")
    where = [phone.locator(place).bounding_box()["y"] for place in ("#card", "aside.side", "#talk")]
    assert where == sorted(where)
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    remove = phone.get_by_role("button", name="Remove step: Sharpen the scythe")
    assert remove.evaluate("element => getComputedStyle(element).opacity") == "1"
