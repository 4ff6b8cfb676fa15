"""A real Chromium, the machine's own: nothing is downloaded. Each person has a window of their own."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from host.clock import now
from host.db import db, reading
from host.models import Board, Card, Column, User
from host.testing import sign_in

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",  # a container's root has none
]
MISSING = "no Chromium: apt install chromium, or name one in FALLOW_CHROMIUM"
PATIENCE = 10_000  # milliseconds


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser; without one the test is skipped, or fails where FALLOW_REQUIRE_BROWSER is set."""
    path = os.environ.get("FALLOW_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        (pytest.fail if os.environ.get("FALLOW_REQUIRE_BROWSER") else pytest.skip)(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def window(browser: Browser, live_server: str, app: Flask) -> Iterator[Callable[..., BrowserContext]]:
    """`window(person)`: a browser of theirs, signed in; `window(None)` one of a stranger. Its pages may have no error.

    What the test did is committed, so that the pages show it. Any option of Playwright's `new_context` may be given.
    """
    opened: list[BrowserContext] = []
    complaints: list[str] = []

    def open_window(person: User | None, **options: object) -> BrowserContext:
        context = browser.new_context(base_url=live_server, **options)  # type: ignore[arg-type]
        opened.append(context)
        context.set_default_timeout(PATIENCE)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        # A breach of the content security policy comes as such a message, and nothing else would tell of it.
        context.on("console", lambda line: complaints.append(line.text) if _is_breach(line.text) else None)
        if person is not None:
            context.add_cookies([_cookie(app, person, live_server)])
        db.session.commit()
        return context

    yield open_window
    for context in opened:
        context.close()
    assert complaints == []


@pytest.fixture
def aged(owner: User, board: Board) -> Callable[..., Card]:
    """`aged("Mend the fence", days=28)`: a card of Ada's that nobody has touched for so long."""

    def make(title: str, *, column: Column | None = None, **ago: float) -> Card:
        card = board.add_card(title, by=owner, column=column)
        card.last_active_at = now() - timedelta(**ago)
        return card

    return make


@pytest.fixture
def stored() -> Callable[..., object]:
    """`stored(lambda card: card.title)`: what is stored of card 1, or another, without locking the server out."""

    def look(ask: Callable[[Card], object], number: int = 1) -> object:
        with reading():
            db.session.rollback()
            found = ask(db.session.scalars(db.select(Card).filter_by(number=number)).one())
            db.session.rollback()
        return found

    return look


@pytest.fixture
def page(window: Callable[..., BrowserContext], owner: User) -> Page:
    """A tab of Ada's."""
    return window(owner).new_page()


def _cookie(app: Flask, person: User, url: str) -> dict[str, str]:
    client = app.test_client()
    sign_in(client, person)
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = client.get_cookie(name)
    assert cookie is not None
    return {"name": name, "value": cookie.value, "url": url}


def _is_breach(text: str) -> bool:
    return "Content Security Policy" in text or "Refused to" in text


@pytest.fixture
def say(at: Page) -> Locator:
    """The field for a comment of the page that is open, with the focus."""
    field = at.get_by_label("Write a comment")
    field.click()
    return field
