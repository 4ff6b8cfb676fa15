"""The walk of docs/walkthrough.md, step by step: a period of a minute, an old card, the sweep from the Jobs page."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from host import now
from host.db import db
from host.jobs.consumer import start
from host.jobs.pauses import pause
from host.models import Card

TITLE = "Try a slower newsletter"


@pytest.fixture
def old_card(owner, board) -> Card:
    """Untouched for an hour, which is nothing yet."""
    card = board.add_card(TITLE, by=owner, column=board.columns[0])
    card.last_active_at = now() - timedelta(hours=1)
    return card


@pytest.fixture
def address(board, old_card):
    """The board's; looked up here, for whoever looks later locks the worker out."""
    return f"/boards/{board.id}"


@pytest.fixture
def worker(app, live_server, address):
    """As in the program; the sweep runs when it is told to, whatever the time is."""
    pause("entropy.sweep")
    db.session.commit()
    consumer = start(app)
    yield
    assert consumer.stop(timeout=30)


@pytest.fixture
def at(worker, page, address) -> Page:
    """Ada's tab with the board open."""
    page.goto(address)
    return page


def choose_a_minute(page):
    page.goto("/settings/plugin/entropy/entropy")
    page.get_by_text("Custom", exact=True).click()
    page.get_by_label("How many").fill("1")
    page.get_by_label("Unit").select_option("minutes")
    expect(page.locator("#effect")).to_have_text("With this, the next sweep would rest 1 card on 1 board.")
    page.get_by_role("button", name="Save the default").click()


def run_the_sweep(page):
    page.goto("/jobs")
    page.get_by_role("button", name="Run now: Rest stale cards").click()
    expect(page.locator("#task-entropy-sweep")).to_contain_text("rested 1 card on 1 board")


def test_an_admin_chooses_a_minute_and_the_board_warns_of_the_card(at, address):
    expect(at.locator(".resting")).to_have_count(0)
    choose_a_minute(at)
    at.goto(address)
    expect(at.get_by_role("heading", name="One card will rest soon")).to_be_visible()
    expect(at.locator(".resting")).to_contain_text("rests at the next sweep")


def test_it_rests_from_the_jobs_page_and_says_why(at, address, stored):
    choose_a_minute(at)
    run_the_sweep(at)
    assert stored(lambda card: card.place.value) == "not_now"
    at.goto(address)
    expect(at.locator(".resting")).to_have_count(0)
    at.goto("/cards/1")
    expect(at.get_by_text("after 1 hour untouched")).to_be_visible()
    at.get_by_role("button", name="Wake", exact=True).click()
    expect(at.get_by_role("button", name="Keep")).to_be_visible()
    assert stored(lambda card: card.place.value) == "maybe"


def test_a_kept_card_does_not_rest(at, address, stored):
    choose_a_minute(at)
    at.goto(address)
    at.get_by_role("button", name="Keep card 1").click()
    expect(at.locator(".resting")).to_have_count(0)
    at.goto("/jobs")
    at.get_by_role("button", name="Run now: Rest stale cards").click()
    expect(at.locator("#task-entropy-sweep")).to_contain_text("nothing to rest")
    assert stored(lambda card: card.place.value) == "column"


def test_the_sweep_is_undone(at, stored):
    choose_a_minute(at)
    run_the_sweep(at)
    at.goto("/settings/plugin/entropy/entropy")
    at.get_by_role("button", name="Undo").first.click()
    assert stored(lambda card: (card.place.value, card.column.name)) == ("column", "Writing")
