"""A, T and W on the board: assign, tag and watch the card that has the focus."""

import pytest
from playwright.sync_api import expect

from host.db import db


@pytest.fixture
def at(board, owner, member, page):
    """Ada's tab with a board of two cards, the second in focus."""
    for title in ("Oats", "Rye"):
        board.add_card(title, by=member)
    db.session.commit()
    page.goto("/boards/1")
    page.locator("#card-2 .card-title a").focus()
    return page


def has_focus(page):
    expect(page.locator("#card-2 .card-title a")).to_be_focused()


def test_a_assigns_and_takes_back(at, stored):
    for said, names in (("Ben Hollow has card 2.", ["Ben Hollow"]), ("Ben Hollow no longer has card 2.", [])):
        at.keyboard.press("a")
        expect(at.get_by_role("heading", name="Who has card 2")).to_be_visible()
        at.locator("#on-card").get_by_role("button", name="Ben Hollow").press("Enter")
        expect(at.locator("#announcer")).to_have_text(said)
        expect(at.locator("#card-2 .disc")).to_have_count(len(names))
        has_focus(at)
        assert stored(lambda card: [person.name for person in card.assignees], 2) == names


def test_t_tags_and_a_refused_tag_stays_to_be_mended(at):
    at.keyboard.press("t")
    field = at.get_by_label("Add a tag")
    expect(field).to_be_focused()
    field.fill("#")
    field.press("Enter")
    expect(at.locator("#on-card-tag-errors")).to_have_text("A tag needs a word.")
    expect(field).to_have_value("#")
    field.fill("Garden")
    field.press("Enter")
    expect(at.locator("#announcer")).to_have_text("Card 2 has the tag garden.")
    expect(at.locator("#card-2 .tag")).to_have_text(["garden"])
    has_focus(at)
    at.keyboard.press("t")
    at.get_by_role("button", name="Remove tag garden").click()
    expect(at.locator("#card-2 .tag")).to_have_count(0)
    has_focus(at)


def test_w_watches_and_no_longer(at, stored):
    for said, watching in (("You watch card 2.", True), ("You no longer watch card 2.", False)):
        at.keyboard.press("w")
        expect(at.locator(".toast", has_text=said)).to_be_visible()
        has_focus(at)
        assert stored(lambda card: "Ada Field" in [person.name for person in card.watchers], 2) is watching


def test_escape_closes_and_the_card_has_the_focus(at):
    for key in "at":
        at.keyboard.press(key)
        expect(at.locator("#on-card")).to_be_visible()
        at.keyboard.press("Escape")
        expect(at.locator("#on-card")).to_be_hidden()
        has_focus(at)


def test_the_list_of_keys_has_them_and_they_can_be_off(at, owner):
    at.keyboard.press("?")
    for words in ("Assign", "Tag", "Watch or not"):
        expect(at.locator("#keys dd", has_text=words).first).to_be_visible()
    at.keyboard.press("Escape")
    owner.single_keys = False
    db.session.commit()
    at.reload()
    at.locator("#card-2 .card-title a").focus()
    at.keyboard.press("a")
    expect(at.locator("#on-card")).to_be_hidden()
