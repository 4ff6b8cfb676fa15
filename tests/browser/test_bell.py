"""The bell: what one person does rings in every tab of the other."""

import re
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


def test_three_tabs_and_two_people_agree_whatever_happens(
    window: Window, adas: BrowserContext, at: Addresses, board: Board, owner: User, member: User
) -> None:
    """New things, reads, marks, a connection that is lost and comes back, the tab that holds the stream closed."""
    other = board.add_card("Sort the seeds", by=owner)
    db.session.flush()
    second = Addresses(at.board, f"/cards/{other.number}")
    tabs = [adas.new_page() for _tab in range(3)]
    for tab, address in zip(tabs, (at.board, "/boards", "/notifications"), strict=True):
        tab.goto(address)
        shows(tab, "Notifications")
    bens = window(member).new_page()

    say(bens, at, "The rack")
    agree(tabs, 1)
    say(bens, second, "By hand?")
    agree(tabs, 2)
    say(bens, second, "Or by sieve?")  # of one card it is one thing
    agree(tabs, 2)

    tabs[2].bring_to_front()
    tabs[2].get_by_role("button", name="Mark read: Sort the seeds").click()
    agree(tabs, 1)
    tabs[2].get_by_role("button", name="Mark unread: Sort the seeds").click()
    agree(tabs, 2)

    adas.set_offline(True)
    say(bens, at, "The steam")
    tabs[2].get_by_role("button", name="Mark read: Sort the seeds").click()
    adas.set_offline(False)
    agree(tabs, 2)

    tabs.pop(0).close()  # it was the first, and held the stream
    say(bens, at, "And the light")
    agree(tabs, 2)
    tabs[1].bring_to_front()
    tabs[1].get_by_role("button", name="Mark all read").click()
    agree(tabs, 0)
    say(bens, second, "Still there?")
    agree(tabs, 1)


def agree(tabs: list[Page], count: int) -> None:
    for tab in tabs:
        shows(tab, f"Notifications, {count} unread" if count else "Notifications")
        expect(tab).to_have_title(re.compile(rf"^\({count}\) " if count else r"^[^(]"))


def test_what_is_chosen_for_the_desktop_is_shown_there_and_leads_to_its_card(
    window: Window, worker: None, at: Addresses, owner: User, member: User
) -> None:
    adas = window(owner, permissions=["notifications"])
    page = adas.new_page()
    page.add_init_script(
        """window.shown = [];
        window.Notification = class {
          static permission = 'granted';
          constructor(title, options) { window.shown.push({title, ...options}); }
          close() {}
        };"""
    )
    page.goto(at.board)
    bens = window(member).new_page()
    say(bens, at, "Only for the bell")
    shows(page, "Notifications, 1 unread")
    say(bens, at, "@ada-field, look")
    page.wait_for_function("() => window.shown.length > 0")  # a mere expression goes against the policy
    (told,) = page.evaluate("window.shown")
    assert told["title"] == "Interview the bakers"
    assert told["body"] == "Ben Hollow mentioned you: “@ada-field, look”"


def test_by_the_keyboard_the_tray_is_entered_and_left(
    adas: BrowserContext, window: Window, member: User, at: Addresses
) -> None:
    page = adas.new_page()
    page.goto(at.board)
    shows(page, "Notifications")
    say(window(member).new_page(), at, "They open at six")
    shows(page, "Notifications, 1 unread")
    page.keyboard.press("n")
    expect(page.get_by_role("button", name="Interview the bakers", exact=True)).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Mark all read")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Interview the bakers", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#tray")).to_be_hidden()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_long_word_stays_in_its_line(
    width: int, adas: BrowserContext, window: Window, board: Board, member: User
) -> None:
    card = board.add_card("A" * 250, by=member)
    address = f"/cards/{card.number}"
    db.session.commit()
    page = adas.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/notifications")
    say(window(member).new_page(), Addresses(address, address), "They open at six")
    expect(page.locator(".note")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
