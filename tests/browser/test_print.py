"""A board and a card on paper: what was written, and nothing to press."""

import pytest
from playwright.sync_api import Page, expect

from host.db import db

CHROME = (".topbar", ".toolbar", ".filters", "#bulk", ".grip", ".pick", "main .btn", "main .icon-btn", ".editor")


@pytest.fixture
def paper(board, owner, member, window) -> Page:
    """Ada's page as it would be printed, in the dark theme."""
    words = "By [Sunday](https://example.org/calendar)."
    column = board.columns[0]
    card = board.add_card("Cut the reeds", by=owner, description=words, column=column)
    card.add_step("Sharpen the scythe", done=True)
    card.comment("Still **on** it", member)
    card.assign(member, owner)
    card.tag("garden")
    for number in range(12):
        board.add_card(f"Sow field {number}", by=owner, column=column)
    db.session.commit()
    page = window(owner, color_scheme="dark").new_page()
    page.emulate_media(media="print")
    return page


def test_a_board_has_all_its_cards_and_nothing_to_press(paper):
    paper.goto("/boards/1")
    cards = paper.locator("#col-1 .card")
    expect(cards).to_have_count(13)
    for card in cards.all():
        expect(card.locator(".card-title")).to_be_visible()
    for chrome in CHROME:
        for each in paper.locator(chrome).all():
            expect(each).to_be_hidden()
    assert paper.locator("#parcel").evaluate("at => at.scrollWidth <= at.clientWidth")


def test_a_card_has_its_words_people_and_tags(paper):
    paper.goto("/cards/1")
    for words in ("By Sunday.", "Sharpen the scythe", "Still on it", "Ada Field gave this to Ben Hollow", "garden"):
        expect(paper.get_by_text(words).first).to_be_visible()
    expect(paper.locator("#assigned").get_by_text("Ben Hollow")).to_be_visible()
    for chrome in CHROME:
        for each in paper.locator(chrome).all():
            expect(each).to_be_hidden()
    link = paper.locator("#card-body a")
    assert link.evaluate("at => getComputedStyle(at, '::after').content") in ("none", "normal")


def test_paper_is_white_whatever_the_theme(paper):
    paper.goto("/cards/1")
    ground = paper.locator("body").evaluate("at => getComputedStyle(at).backgroundColor")
    assert ground in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
