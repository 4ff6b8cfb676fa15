"""The bell: what one person does rings in every tab of the other."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from host import Board, User, db
from host.jobs.consumer import Consumer
from host.live.wire import live

PATIENCE = 10  # seconds

Window = Callable[..., BrowserContext]


class Addresses(NamedTuple):
    """Where Ada's board and card are. Plain text: a test that looks into the database locks the server out."""

    board: str
    card: str


@pytest.fixture
def at(board: Board, owner: User) -> Addresses:
    card = board.add_card("Interview the bakers", by=owner)
    db.session.flush()
    found = Addresses(f"/boards/{board.id}", f"/cards/{card.number}")
    db.session.commit()
    return found


@pytest.fixture
def worker(app: Flask, live_server: str) -> Iterator[None]:
    """A worker beside the server, as in the program."""
    consumer = Consumer(app)
    consumer.start()
    yield
    assert consumer.stop(PATIENCE)


@pytest.fixture
def adas(window: Window, worker: None, owner: User) -> BrowserContext:
    return window(owner)


def shows(page: Page, text: str) -> None:
    expect(page.locator("#bell")).to_have_attribute("aria-label", text)


def say(page: Page, at: Addresses, text: str) -> None:
    page.goto(at.card)
    page.get_by_label("Write a comment").fill(text)
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.get_by_text(text)).to_be_visible()


def test_a_comment_by_one_rings_in_both_tabs_of_the_other(
    window: Window, adas: BrowserContext, at: Addresses, member: User
) -> None:
    bens, board, notes = window(member).new_page(), adas.new_page(), adas.new_page()
    board.goto(at.board)
    notes.goto("/notifications")
    for tab in (board, notes):
        shows(tab, "Notifications")
    say(bens, at, "The rack, not the portrait.")
    for tab in (board, notes):
        shows(tab, "Notifications, 1 unread")
        expect(tab.locator("#announcer")).to_have_text("Notifications, 1 unread")
    assert len(live().hub.streams) == 2
    expect(notes.get_by_text("Ben Hollow: “The rack, not the portrait.”")).to_be_visible()
    shows(bens, "Notifications")


def test_reading_in_one_tab_quiets_the_other(window: Window, adas: BrowserContext, at: Addresses, member: User) -> None:
    board, other = adas.new_page(), adas.new_page()
    board.goto(at.board)
    other.goto("/boards")
    say(window(member).new_page(), at, "Both of them")
    shows(other, "Notifications, 1 unread")
    board.bring_to_front()  # a tab behind is drawn rarely, and Playwright waits for that
    board.locator("#bell").click()
    board.get_by_role("button", name="Mark read: Interview the bakers").click()
    for tab in (board, other):
        shows(tab, "Notifications")
    expect(board.get_by_role("button", name="Mark unread: Interview the bakers")).to_be_visible()


def test_the_bell_opens_its_tray_and_a_note_its_card(
    window: Window, adas: BrowserContext, at: Addresses, member: User
) -> None:
    say(window(member).new_page(), at, "Bring the recorder")
    page = adas.new_page()
    page.goto(at.board)
    page.keyboard.press("n")
    shows(page, "Notifications, 1 unread")
    expect(page.locator("#bell")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#tray")).to_be_hidden()
    expect(page.locator("#bell")).to_have_attribute("aria-expanded", "false")
    page.locator("#bell").click()
    expect(page.locator("#tray")).to_be_visible()
    page.locator("#bell").click()
    expect(page.locator("#tray")).to_be_hidden()
    page.locator("#bell").click()
    page.get_by_role("button", name="Interview the bakers", exact=True).click()
    page.wait_for_url(f"**{at.card}")
    shows(page, "Notifications")


def test_opening_a_card_reads_what_was_said_of_it(
    window: Window, adas: BrowserContext, at: Addresses, member: User
) -> None:
    board = adas.new_page()
    board.goto(at.board)
    say(window(member).new_page(), at, "Have a look")
    shows(board, "Notifications, 1 unread")
    adas.new_page().goto(at.card)
    shows(board, "Notifications")


def test_what_comes_in_while_one_looks_rings_until_one_leaves(
    window: Window, adas: BrowserContext, at: Addresses, member: User
) -> None:
    page = adas.new_page()
    page.goto(at.card)
    say(window(member).new_page(), at, "On my way")
    shows(page, "Notifications, 1 unread")
    expect(page.locator("#talk .prose").get_by_text("On my way")).to_be_visible()
    expect(page.locator("form[data-reading]")).to_be_attached()
    page.goto(at.board)
    shows(page, "Notifications")


def test_without_javascript_the_bell_leads_to_the_list_and_a_note_to_its_card(
    window: Window, worker: None, at: Addresses, owner: User, member: User
) -> None:
    say(window(member).new_page(), at, "Slowly")
    page = window(owner, java_script_enabled=False).new_page()
    page.goto("/boards")
    for _second in range(PATIENCE):
        page.reload()
        if page.get_by_label("Notifications, 1 unread").count():
            break
        page.wait_for_timeout(1000)
    page.get_by_label("Notifications, 1 unread").click()
    page.get_by_role("button", name="Interview the bakers", exact=True).click()
    expect(page.get_by_role("heading", name="Interview the bakers")).to_be_visible()
    shows(page, "Notifications")
