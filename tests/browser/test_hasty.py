"""Hands that are faster than the answers lose nothing."""

from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from host.live.wire import live
from tests.patience import until


@pytest.fixture
def held():
    """`with held(page, address):` lets the first request to an address wait until the end of the block."""

    @contextmanager
    def hold(page, address):
        waiting = []

        def catch(route):
            if waiting:
                route.continue_()
            else:
                waiting.append(route)

        page.route(address, catch)
        yield
        waiting[0].continue_()

    return hold


def test_a_column_is_folded_while_the_board_is_being_asked_for(window, owner, member, board, held):
    id_ = f"#col-{board.columns[0].id}"
    page, other = window(owner).new_page(), window(member).new_page()
    for each in (page, other):
        each.goto("/boards/1")
    until(lambda: len(live().hub.streams) == 2)
    column = page.locator(id_)
    with held(page, "**/boards/1"):
        with page.expect_request("**/boards/1"):
            other.get_by_label("New card").fill("More reeds")
            other.get_by_label("New card").press("Enter")
        column.locator(".fold button").click()
    expect(column.locator(".fold button")).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_text("More reeds")).to_be_visible()


def test_two_cards_are_kept_one_right_after_the_other(window, owner, member, board, aged, held):
    for title in ("Sort the seeds", "Mend the fence"):
        aged(title, column=board.columns[0], days=29)
    page, other = window(owner).new_page(), window(member).new_page()
    for each in (page, other):
        each.goto("/boards/1")
    until(lambda: len(live().hub.streams) == 2)
    with held(page, "**/cards/1/keeping"):
        page.locator("#banners").get_by_role("button", name="Keep card 1").click()
        page.locator("#banners").get_by_role("button", name="Keep card 2").click()
        expect(page.get_by_role("status").filter(has_text="Card 2 is kept")).to_be_attached()
    expect(page.get_by_role("button", name="Keep card")).to_have_count(0)
    expect(page.get_by_role("status").filter(has_text="Card 1 is kept")).to_be_attached()  # its form had gone by then
    other.get_by_label("New card").fill("More reeds")
    other.get_by_label("New card").press("Enter")
    expect(page.get_by_text("More reeds")).to_be_visible()


def test_a_card_is_added_while_another_is_on_its_way(window, owner, board, held):
    page = window(owner).new_page()
    page.goto("/boards/1")
    with held(page, "**/boards/1/cards"):
        page.get_by_label("New card").fill("More reeds")
        page.keyboard.press("Enter")
        page.get_by_label("New card").fill("Fewer reeds")
        page.keyboard.press("Enter")
    expect(page.locator("#cards-maybe .card-title")).to_have_text(["Fewer reeds", "More reeds"])


def test_a_title_that_did_not_arrive_is_given_back(window, owner, board):
    page = window(owner).new_page()
    page.goto("/boards/1")
    page.route("**/boards/1/cards", lambda route: route.abort())
    page.get_by_label("New card").fill("More reeds")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("New card")).to_have_value("More reeds")


def test_steps_are_ticked_one_right_after_the_other(window, owner, board, held):
    card = board.add_card("Cut the reeds", by=owner)
    for text in ("one", "two"):
        card.add_step(text)
    page = window(owner).new_page()
    page.goto("/cards/1")
    one, two = page.get_by_role("checkbox", name="one"), page.get_by_role("checkbox", name="two")
    with held(page, "**/cards/1/steps/2"):
        two.click()
        one.click()
        expect(page.get_by_text("1 of 2")).to_be_visible()
    expect(page.get_by_text("2 of 2")).to_be_visible()
    expect(two).to_be_checked()


def test_the_tabs_of_a_phone_count_along(window, owner, member, board):
    page = window(owner, viewport={"width": 390, "height": 844}).new_page()
    other = window(member).new_page()
    for each in (page, other):
        each.goto("/boards/1")
    until(lambda: len(live().hub.streams) == 2)
    page.get_by_label("New card").fill("More reeds")
    page.keyboard.press("Enter")
    expect(page.locator("#tab-maybe")).to_have_text("Maybe? 1")
    page.locator("body").click()
    other.get_by_label("New card").fill("Fewer reeds")
    other.keyboard.press("Enter")
    expect(page.locator("#tab-maybe")).to_have_text("Maybe? 2")
