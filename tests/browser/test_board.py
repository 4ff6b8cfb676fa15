"""The board under the hands: keyboard, mouse, and what others do meanwhile."""

import re

import pytest
from playwright.sync_api import Page, expect

from host.db import db
from host.models import Board, UserSession
from tests.browser.hands import CARRIED, GAP, carried, drag


@pytest.fixture
def planted(board, owner):
    """Three cards in Maybe? and one in Writing, newest first: 3, 2, 1 and 4."""
    for title in ("Cut the reeds", "Mend the fence", "Sow the rye"):
        board.add_card(title)
    board.add_card("Count the posts", column=board.columns[0])
    db.session.commit()
    return board


@pytest.fixture
def address(planted):
    """Of the board, as plain text: a test that looks into the database locks the server out."""
    found = f"/boards/{planted.id}"
    db.session.commit()
    return found


@pytest.fixture
def columns(planted):
    """The keys of Writing and Checking, as plain text too."""
    keys = [str(column.id) for column in planted.columns]
    db.session.commit()
    return keys


@pytest.fixture
def at(page, address) -> Page:
    """Ada's tab with the board open."""
    page.goto(address)
    return page


@pytest.fixture
def lies(stored):
    """lies(3): the place of the card with this number."""
    return lambda number: stored(lambda card: (card.place.value, card.column.name if card.column else None), number)


def in_column(page, key):
    return page.locator(f"#cards-{key} .card-title")


def focus(page, number):
    page.locator(f"#card-{number} .card-title a").focus()


def told(page, words):
    expect(page.locator("#announcer")).to_have_text(words)


def has_focus(page, number):
    expect(page.locator(f"#card-{number} .card-title a")).to_be_focused()


def focused(page):
    return page.evaluate("document.activeElement.closest('.card')?.dataset.number")


def test_cards_are_added_one_after_another_by_keyboard(at, lies):
    at.keyboard.press("c")
    form = at.locator("#new-title")
    expect(form).to_be_focused()
    for number, title in ((5, "Cold frame, cracked"), (6, "Compost")):
        at.keyboard.type(title)
        at.keyboard.press("Enter")
        told(at, f"Card {number} added.")
        expect(in_column(at, "maybe").first).to_have_text(title)
        expect(form).to_have_value("")
        expect(form).to_be_focused()
    expect(at.locator("#h-maybe + .count")).to_have_text("5")
    assert lies(6) == ("maybe", None)
    at.keyboard.press("Escape")
    expect(form).not_to_be_focused()


def test_a_card_is_added_in_a_column_by_its_plus(at, columns, lies):
    at.get_by_role("link", name="Add a card to Checking").click()
    form = at.locator(f"#new-title-{columns[1]}")
    at.wait_for_load_state()  # an Enter before the page's script is there goes the way without it
    expect(form).to_be_focused()
    for title in ("First", "Second"):
        at.keyboard.type(title)
        at.keyboard.press("Enter")
        expect(in_column(at, columns[1]).first).to_have_text(title)
        expect(form).to_be_focused()
    assert lies(6) == ("column", "Checking")
    at.get_by_role("link", name="Cancel").click()
    expect(form).to_have_count(0)
    expect(in_column(at, columns[1])).to_have_count(2)


def test_a_title_of_blanks_is_refused_in_its_place(at):
    at.keyboard.press("c")
    at.keyboard.type("   ")
    at.keyboard.press("Enter")
    expect(at.locator("#new-title-errors")).to_have_text("A card needs a title.")
    told(at, "A card needs a title.")
    expect(at.locator("#new-title")).to_be_focused()
    expect(in_column(at, "maybe")).to_have_count(3)
    at.keyboard.type("Hay")
    at.keyboard.press("Enter")
    expect(in_column(at, "maybe").first).to_have_text("Hay")
    expect(at.locator("#new-title-errors")).to_have_count(0)


def test_what_one_types_survives_what_one_does_meanwhile(at):
    at.locator("#new-title").fill("Half a thou")
    at.locator("#card-1").hover()
    at.locator("#card-1 .grip").click()
    at.locator("#mover").get_by_role("button", name="Done").click()
    told(at, "Card 1 is done.")
    expect(in_column(at, "maybe")).to_have_count(2)
    expect(at.locator("#new-title")).to_have_value("Half a thou")


def test_letters_in_a_title_are_letters(at, lies):
    at.keyboard.press("c")
    at.keyboard.type("dzkgm?")
    expect(at.locator("#new-title")).to_have_value("dzkgm?")
    expect(at.locator("dialog[open]")).to_have_count(0)


def test_a_card_is_dragged_with_the_mouse(at, columns, lies):
    drag(at.locator("#card-2"), at.locator(f"#col-{columns[1]}"))
    told(at, "Card 2 is in Checking.")
    expect(in_column(at, columns[1])).to_have_text(["Mend the fence"])
    expect(in_column(at, "maybe")).to_have_count(2)
    assert lies(2) == ("column", "Checking")
    drag(at.locator("#card-2"), at.locator("#col-maybe"))
    told(at, "Card 2 is back in Maybe?.")
    assert lies(2) == ("maybe", None)


@pytest.mark.parametrize(
    ("key", "said", "place"),
    [("done", "Card 4 is done.", ("done", "Writing")), ("not_now", "Card 4 rests in Not now.", ("not_now", None))],
)
def test_a_card_is_dropped_on_a_folded_field(at, columns, lies, key, said, place):
    drag(at.locator("#card-4"), at.locator(f"#col-{key}"))
    told(at, said)
    expect(at.locator(f"#h-{key} .count")).to_have_text("1")
    expect(in_column(at, columns[0])).to_have_count(0)
    assert lies(4) == place
    expect(at.locator(f"{CARRIED}, {GAP}")).to_have_count(0)


def test_a_card_dropped_where_it_lay_stays_untouched(at, columns, lies):
    drag(at.locator("#card-4"), at.locator(f"#col-{columns[0]}"), at={"x": 60, "y": 400})
    expect(at.locator(CARRIED)).to_have_count(0)
    expect(at.locator("#announcer")).to_have_text("")
    assert lies(4) == ("column", "Writing")


def test_escape_lets_go_and_all_is_as_before(at, columns, lies):
    with carried(at.locator("#card-4"), at.locator(f"#col-{columns[1]}")):
        expect(at.locator(f"#col-{columns[1]} {GAP}")).to_have_count(1)
        at.keyboard.press("Escape")
        expect(at.locator(f"{CARRIED}, {GAP}")).to_have_count(0)
    expect(in_column(at, columns[0])).to_have_text(["Count the posts"])
    assert lies(4) == ("column", "Writing")


def test_what_cannot_be_moved_goes_back(at, columns, lies):
    at.context.set_offline(True)
    drag(at.locator("#card-2"), at.locator(f"#col-{columns[1]}"))
    expect(at.locator(".toast")).to_contain_text("Fallow does not answer.")
    expect(in_column(at, "maybe")).to_have_text(["Sow the rye", "Mend the fence", "Cut the reeds"])
    expect(in_column(at, columns[1])).to_have_count(0)


def test_nothing_is_drawn_under_a_hand_that_carries(at, window, member, address, columns):
    other = window(member).new_page()
    other.goto(address)
    with carried(at.locator("#card-2"), at.locator(f"#col-{columns[1]}")):
        other.locator("#new-title").fill("From Ben")
        other.keyboard.press("Enter")
        expect(in_column(other, "maybe").first).to_have_text("From Ben")
        expect(at.locator(f"#col-{columns[1]} {GAP}")).to_have_count(1)
    told(at, "Card 2 is in Checking.")
    expect(in_column(at, "maybe").first).to_have_text("From Ben")


def test_marked_cards_are_dragged_as_one(at, columns, lies):
    for number in (3, 1):
        at.locator(f"#card-{number}").hover()
        at.locator(f"#card-{number} .pick").check()
    with carried(at.locator("#card-1"), at.locator(f"#col-{columns[1]}")):
        expect(at.locator(CARRIED)).to_have_attribute("data-many", "2")
        expect(at.locator(f"#col-{columns[1]} {GAP}")).to_have_count(1)
    expect(at.locator(".toast")).to_contain_text("2 cards are changed.")
    expect(in_column(at, columns[1])).to_have_count(2)
    assert [lies(number) for number in (1, 2, 3)] == [("column", "Checking"), ("maybe", None), ("column", "Checking")]


def test_m_opens_a_picker_and_the_card_keeps_the_focus(at, columns, lies):
    focus(at, 3)
    at.keyboard.press("m")
    expect(at.locator("#mover h2")).to_have_text("Move card 3 to")
    at.locator("#mover").get_by_role("button", name="Writing").press("Enter")
    told(at, "Card 3 is in Writing.")
    expect(in_column(at, columns[0]).first).to_have_text("Sow the rye")
    has_focus(at, 3)
    assert lies(3) == ("column", "Writing")
    at.keyboard.press("m")
    at.keyboard.press("Escape")
    expect(at.locator("#mover")).not_to_be_visible()
    assert lies(3) == ("column", "Writing")


def test_keys_keep_gild_rest_and_close(at, lies):
    focus(at, 1)
    at.keyboard.press("k")
    told(at, "Card 1 is kept. Its clock starts again.")
    expect(in_column(at, "maybe").first).to_have_text("Cut the reeds")
    has_focus(at, 1)
    at.keyboard.press("g")
    told(at, "Card 1 is golden.")
    expect(at.locator("#card-1")).to_have_attribute("data-golden", "")
    has_focus(at, 1)
    at.keyboard.press("g")
    told(at, "Card 1 is a plain card.")
    has_focus(at, 1)
    at.keyboard.press("z")
    told(at, "Card 1 rests in Not now.")
    assert lies(1) == ("not_now", None)
    has_focus(at, 3)
    at.keyboard.press("d")
    told(at, "Card 3 is done.")
    assert lies(3) == ("done", None)
    has_focus(at, 2)
    expect(in_column(at, "maybe")).to_have_count(1)


def test_arrows_walk_the_board(at):
    at.keyboard.press("ArrowDown")
    assert focused(at) == "3"
    walked = []
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowRight", "ArrowRight", "ArrowLeft"):
        at.keyboard.press(key)
        walked.append(focused(at))
    assert walked == ["2", "1", "1", "2", "4", "4", "3"]
    at.keyboard.press("Enter")
    at.wait_for_url("**/cards/3")


def test_folding_is_remembered(at, columns):
    def head(key):
        return at.locator(f"#h-{key} button")

    head("done").click()
    expect(head("done")).to_have_attribute("aria-expanded", "true")
    head(columns[0]).click()
    expect(head(columns[0])).to_have_attribute("aria-expanded", "false")
    expect(at.locator("#card-4")).to_have_count(0)
    at.reload()
    expect(head("done")).to_have_attribute("aria-expanded", "true")
    expect(head(columns[0])).to_have_attribute("aria-expanded", "false")
    head(columns[0]).press("Enter")
    expect(at.locator("#card-4")).to_be_visible()


def test_what_another_does_appears_by_itself(at, window, member, address):
    other = window(member).new_page()
    other.goto(address)
    focus(at, 2)
    other.locator("#new-title").fill("From Ben")
    other.keyboard.press("Enter")
    expect(in_column(at, "maybe").first).to_have_text("From Ben")
    has_focus(at, 2)
    focus(other, 1)
    other.keyboard.press("d")
    expect(at.locator("#card-1")).to_have_count(0)
    expect(at.locator("#h-done .count")).to_have_text("1")


def test_nothing_moves_under_somebody_who_types(at, window, member, address):
    other = window(member).new_page()
    other.goto(address)
    at.keyboard.press("c")
    at.keyboard.type("Half a thou")
    other.locator("#new-title").fill("From Ben")
    other.keyboard.press("Enter")
    expect(in_column(other, "maybe").first).to_have_text("From Ben")
    at.keyboard.type("ght")
    expect(at.locator("#new-title")).to_have_value("Half a thought")
    at.keyboard.press("Escape")
    expect(in_column(at, "maybe").first).to_have_text("From Ben")
    expect(at.locator("#new-title")).to_have_value("Half a thought")


def test_a_card_that_is_gone_meanwhile_is_said_and_nothing_breaks(at):
    at.evaluate("document.getElementById('card-1').dataset.number = '4711'")
    focus(at, 1)
    at.keyboard.press("d")
    expect(at.locator(".toast")).to_contain_text("There is no card 4711.")
    expect(in_column(at, "maybe")).to_have_count(3)


def test_without_an_answer_it_is_said_that_nothing_was_saved(at):
    at.context.set_offline(True)
    focus(at, 1)
    at.keyboard.press("d")
    expect(at.locator(".toast")).to_contain_text("Fallow does not answer.")
    expect(in_column(at, "maybe")).to_have_count(3)


def test_who_was_signed_out_meanwhile_keeps_what_was_typed(at):
    at.locator("#new-title").fill("Half a thought")
    db.session.execute(db.delete(UserSession))
    db.session.commit()
    at.keyboard.press("Enter")
    expect(at.locator(".toast")).to_contain_text("You are signed out.")
    expect(at.locator("#new-title")).to_have_value("Half a thought")


def test_more_cards_come_as_one_scrolls(board, page):
    for number in range(280):
        board.add_card(f"Card {number:03}")
    address = f"/boards/{board.id}"
    db.session.commit()
    page.set_viewport_size({"width": 900, "height": 600})
    page.goto(address)
    cards = in_column(page, "maybe")
    expect(cards).to_have_count(16)
    for count in (266, 280):
        page.locator("#cards-maybe .skel").scroll_into_view_if_needed()
        expect(cards).to_have_count(count)
    expect(cards.last).to_have_text("Card 000")


def test_without_scripts_everything_is_a_form_or_a_link(window, owner, address, columns, lies):
    plain = window(owner, java_script_enabled=False).new_page()
    plain.goto(address)
    plain.locator("#new-title").fill("By hand")
    plain.get_by_role("button", name="Add card").click()
    expect(in_column(plain, "maybe").first).to_have_text("By hand")
    plain.get_by_role("link", name="Add a card to Checking").click()
    plain.locator(f"#new-title-{columns[1]}").fill("By hand in Checking")
    plain.locator(f"#col-{columns[1]}").get_by_role("button", name="Add card").click()
    expect(in_column(plain, columns[1])).to_have_text(["By hand in Checking"])
    plain.locator("#card-5 .grip").click()
    plain.wait_for_url("**/cards/5#move")
    plain.get_by_role("group", name="Move to").get_by_role("button", name="Writing").click()
    plain.wait_for_url(re.compile(r"/cards/5$"))
    assert lies(5) == ("column", "Writing")
    plain.get_by_label("Write a comment").fill("Said without scripts")
    plain.get_by_role("button", name="Comment").click()
    expect(plain.get_by_text("Said without scripts")).to_be_visible()
    plain.get_by_role("button", name="Done").click()
    expect(plain.get_by_role("button", name="Open again")).to_be_visible()
    assert lies(5) == ("done", "Writing")
    plain.goto(address)
    plain.locator("#h-done button").click()
    expect(in_column(plain, "done")).to_have_text(["By hand"])


def test_what_does_not_fit_folds_and_opens_when_there_is_room(page, address, columns):
    page.set_viewport_size({"width": 800, "height": 700})
    page.goto(address)
    heads = [page.locator(f"#h-{key} button") for key in columns]
    expect(heads[1]).to_have_attribute("aria-expanded", "false")
    heads[1].click()
    expect(heads[1]).to_have_attribute("aria-expanded", "true")
    expect(heads[0]).to_have_attribute("aria-expanded", "false")
    page.set_viewport_size({"width": 1600, "height": 700})
    for head in heads:
        expect(head).to_have_attribute("aria-expanded", "true")


def test_sixty_columns_can_all_be_reached(owner, page):
    board = Board.create("Wide", by=owner, columns=[f"Column {n}" for n in range(60)])
    board.add_card("Far away", column=board.columns[-1])
    address = f"/boards/{board.id}"
    db.session.commit()
    page.goto(address)
    far = page.get_by_role("button", name="Column 59")
    far.scroll_into_view_if_needed()
    expect(far).to_be_in_viewport()
    far.click()
    expect(page.locator(".card-title", has_text="Far away")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


@pytest.mark.parametrize("title", ["W" * 255, "long words " * 23, "مرحبا بالعالم"])
def test_no_title_makes_the_page_wider(board, page, title):
    board.add_card(title)
    board.add_column(title[:120])
    board.change({"name": title[:120]}, by=board.creator)
    column = f"/boards/{board.id}/columns/{board.columns[-1].id}/edit"
    addresses = [f"/boards/{board.id}", "/cards/1", "/boards", column]
    db.session.commit()
    for width in (1440, 1024, 390):
        page.set_viewport_size({"width": width, "height": 800})
        for address in addresses:
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, address)
