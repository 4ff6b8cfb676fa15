"""Take the pictures in docs/images/ of the real program in a real Chromium: `make pictures`."""

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright

from host import clock
from host.app import create_app
from host.config import Config
from host.db import db
from host.jobs import drain
from host.jobs.periodic import plan
from host.listening import listen, local_address
from host.models import Account, Board, Card, LaunchToken, User
from host.plugging.state import State
from host.server import Server
from host.transfer.example import example_board

IMAGES = Path(__file__).parents[1] / "docs" / "images"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
LOOKS = (("light", WIDE, "light"), ("dark", WIDE, "dark"), ("phone", PHONE, "light"), ("phone-dark", PHONE, "dark"))
PASSWORD = "a-long-sentence"
BROKEN = '"""Makes pictures smaller."""\n\nimport avif_encoder  # noqa: F401\n'


def main() -> None:
    logging.disable()
    chromium = os.environ.get("FALLOW_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("no Chromium: apt install chromium, or name one in FALLOW_CHROMIUM")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as empty, tempfile.TemporaryDirectory() as data:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with served(create_app(Config(data=Path(empty)))) as (app, address):
            take_welcome(browser, app, address)
        with served(seeded(Path(data))) as (app, address):
            take_pages(browser, address)
            take_walk(browser, app, address)
        browser.close()


@contextmanager
def served(app: Flask) -> Iterator[tuple[Flask, str]]:
    """The program on a free port, in a thread."""
    ready, sock = Event(), listen("127.0.0.1", 0)
    server = Server(app, ready=ready.set)
    thread = Thread(target=server.run_on, args=(sock,))
    thread.start()
    ready.wait()
    yield app, local_address(sock)
    server.should_exit = True
    thread.join()


def seeded(data: Path) -> Flask:
    """A studio's space as it looks after a day's work, with one plugin that does not start."""
    broken = data / "plugins" / "picture_shrinker"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text(BROKEN)
    State.read(data).switch_on(["picture_shrinker"])
    app = create_app(Config(data=data))
    with app.app_context():
        ines = Account.open("Juniper Row", owner_name="Ines", email="ines@example.org", password=PASSWORD)
        people = [User.join(ines.account, name=name, email=None) for name in ("Odile", "Bram", "Kofi", "Maren")]
        board = example_board(ines)
        db.session.commit()
        a_day_of_jobs()
        a_busy_morning(board, people)
        drain()
    return app


def a_day_of_jobs() -> None:
    """Every periodic task as it ran over the last day."""
    clock.travel(timedelta(hours=-24))
    for _hour in range(24):
        clock.travel(timedelta(hours=1))
        plan()
        drain()


def a_busy_morning(board: Board, people: list[User]) -> None:
    odile, bram, kofi, maren = people
    cards = {card.title: card for card in db.session.scalars(db.select(Card).filter_by(board_id=board.id))}
    ages = {card.id: card.last_active_at for card in cards.values()}
    for index, card in enumerate(cards.values()):
        if card.awake:
            card.assign(people[index % len(people)], maren)
    letter = cards["Autumn newsletter: the slow issue"]
    letter.comment(
        "Back from the rest pile, because the bakery said yes. They will let us sit in from two in the morning.", odile
    )
    letter.comment("Could the apple-ring note carry the *Saltmarsh* mention? They asked for one this quarter.", bram)
    db.session.commit()
    for card in cards.values():
        card.last_active_at = ages[card.id]
    db.session.commit()
    cards["Five soups, one pot"].triage_into(board.columns[1], kofi)
    db.session.commit()


def take_welcome(browser: Browser, app: Flask, address: str) -> None:
    for look, size, theme in LOOKS:
        with app.app_context():
            token = LaunchToken.create()
            db.session.commit()
        page = browser.new_context(viewport=size, color_scheme=theme).new_page()
        page.goto(f"{address}/launch/{token}")
        shot(page, f"welcome-{look}")


def take_pages(browser: Browser, address: str) -> None:
    for look, size, theme in LOOKS:
        page = browser.new_context(viewport=size, color_scheme=theme, base_url=address).new_page()
        page.goto("/session/new")
        shot(page, f"signin-{look}")
        sign_in(page)
        for address_of, name in PAGES:
            page.goto(address_of)
            shot(page, f"{name}-{look}")


def take_walk(browser: Browser, app: Flask, address: str) -> None:
    """The steps of docs/walkthrough.md."""
    page = browser.new_context(viewport=WIDE, base_url=address).new_page()
    page.goto("/session/new")
    sign_in(page)
    page.goto("/boards/1/settings/entropy/entropy")
    page.get_by_text("Custom", exact=True).click()
    page.get_by_label("How many").fill("1")
    page.get_by_label("Unit").select_option("minutes")
    page.get_by_text("With this, the next sweep would rest").wait_for()
    shot(page, "walk-1-period")
    page.get_by_role("button", name="Save").click()
    page.goto("/boards/1")
    shot(page, "walk-2-board")
    page.goto("/jobs")
    page.get_by_role("button", name="Run now: Rest stale cards").click()
    with app.app_context():
        drain()
    page.goto("/jobs")
    page.locator("#task-entropy-sweep").get_by_text("on 1 board").wait_for()
    shot(page, "walk-3-jobs")
    page.goto("/cards/6")
    shot(page, "walk-4-card")


def sign_in(page: Page) -> None:
    page.fill("[name=email]", "ines@example.org")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/boards/*")


PAGES = (
    ("/boards/1", "board"),
    ("/cards/7", "card"),
    ("/jobs", "jobs"),
    ("/settings/plugin/entropy/entropy", "settings"),
    ("/settings/plugins", "plugins"),
    ("/notifications", "notifications"),
)


def shot(page: Page, name: str) -> None:
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=IMAGES / f"{name}.png")
    print(name)


if __name__ == "__main__":
    main()
