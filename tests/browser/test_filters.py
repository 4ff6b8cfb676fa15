"""Narrowing a board by mouse and keys, without a new page; and by a plain form."""

import re

import pytest
from playwright.sync_api import expect

from host.db import db


@pytest.fixture
def planted(board, owner, member):
    board.add_card("Sow the rye", by=owner).tag("Garden")
    board.add_card("Cut the reeds", by=owner).assign(member, owner)
    board.add_card("Mend the fence", by=owner).gild(owner)
    db.session.commit()


def titles(page):
    return page.locator("#cards-maybe .card-title")


def test_ticking_boxes_narrows_the_board_at_once(planted, page):
    page.goto("/boards/1")
    page.get_by_role("button", name="Tag").click()
    page.get_by_role("checkbox", name="garden").check()
    expect(titles(page)).to_have_text(["Sow the rye"])
    expect(page).to_have_url(re.compile(r"/boards/1\?tag=garden$"))
    page.keyboard.press("Escape")  # the popover goes, what is asked for stays
    expect(page.get_by_role("checkbox", name="garden")).to_be_hidden()
    expect(titles(page)).to_have_count(1)
    page.keyboard.press("Escape")
    expect(titles(page)).to_have_count(3)
    expect(page).to_have_url(re.compile(r"/boards/1$"))


def test_typing_narrows_and_what_others_add_meanwhile_is_not_in_the_way(planted, page, window, member):
    page.goto("/boards/1")
    page.keyboard.press("f")
    page.keyboard.type("reeds")
    expect(titles(page)).to_have_text(["Cut the reeds"])
    other = window(member).new_page()
    other.goto("/boards/1")
    other.get_by_label("New card").fill("More reeds")
    other.get_by_label("New card").press("Enter")
    expect(titles(page)).to_have_count(2)
    expect(page.locator("#filtered")).to_contain_text("“reeds”")
    page.get_by_role("link", name="“reeds” Leave out").click()
    expect(titles(page)).to_have_count(4)


def test_an_answer_that_is_overtaken_by_another_filter_is_let_go(planted, page, window, member):
    page.goto("/boards/1?q=reeds")
    late = []

    def hold(route):
        late.append(route)

    page.route("**/boards/1?q=reeds", hold)  # what is asked for anew is on its way for long
    other = window(member).new_page()
    other.goto("/boards/1")
    with page.expect_request("**/boards/1?q=reeds"):
        other.get_by_label("New card").fill("More reeds")
        other.get_by_label("New card").press("Enter")
    page.get_by_label("Words of the title or description").fill("")
    expect(titles(page)).to_have_count(4)
    with page.expect_response("**/boards/1?q=reeds"), page.expect_response("**/boards/1"):
        late[0].continue_()
    expect(titles(page)).to_have_count(4)


def test_going_back_shows_what_was_asked_for_before(planted, page):
    page.goto("/boards/1")
    page.get_by_label("Words of the title or description").fill("reeds")
    expect(titles(page)).to_have_count(1)
    page.go_back()
    expect(titles(page)).to_have_count(3)
    expect(page.get_by_label("Words of the title or description")).to_have_value("")


def test_without_scripts_the_bar_is_a_form(planted, window, owner):
    page = window(owner, java_script_enabled=False).new_page()
    page.goto("/boards/1")
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("switch", name="Golden").check()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(titles(page)).to_have_text(["Mend the fence"])
    page.get_by_role("link", name="Clear").click()
    expect(titles(page)).to_have_count(3)


def test_all_cards_are_narrowed_the_same_way(planted, page):
    page.goto("/cards")
    expect(page.locator(".card")).to_have_count(3)
    page.get_by_role("button", name="Assignee").click()
    page.get_by_role("checkbox", name="Nobody").check()
    expect(page.locator(".card")).to_have_count(2)
    expect(page.locator("#how-many")).to_have_text("2")
