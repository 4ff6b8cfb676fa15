"""Every page for everybody: no barriers, nothing beyond the edge of a phone, and all of it without scripts."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from host.clock import now
from host.db import db
from host.jobs import Job, JobState, pauses
from host.models import LaunchToken, User

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
PHONE = {"width": 390, "height": 844}
PASSWORD = "a long sentence for Ada"
PAGES = (
    "/boards",
    "/boards/1",
    "/boards/1?panel=edit",
    "/cards/1",
    "/jobs",
    "/jobs?state=done&task=garden.weed&range=7d",
    "/jobs?task=garden.mow",
    "/notifications",
    "/settings",
    "/settings/people",
    "/settings/tokens",
    "/settings/plugins",
    "/settings/plugin/entropy/entropy",
    "/nowhere",
)


@pytest.fixture
def planted(board, owner, member, travel) -> None:
    """A board with a card of every sort: young, golden, about to rest, at rest and done, and jobs in every state."""
    owner.password = PASSWORD
    old = board.add_card("Sow the rye", by=owner)
    travel(days=28)
    card = board.add_card("Cut the reeds", column=board.columns[0], by=owner)
    card.add_step("Sharpen the scythe", done=True)
    card.tag("Garden")
    card.assign(member, owner)
    card.comment("By **Sunday**, as @ben said.", member)
    card.gild(owner)
    board.add_card("Mend the fence").postpone(owner)
    board.add_card("Count the posts").close(owner)
    old.watch(member)
    db.session.add_all(jobs())
    pauses.pause("entropy.sweep")
    db.session.commit()


def jobs() -> Iterator[Job]:
    """One in each state, one for later, and one that is half done."""
    for state in set(JobState) - {JobState.SCHEDULED}:
        said = {"summary": "weeded 3 beds", "error": f"Traceback\nValueError: {'x' * 300}", "attempts": 2}
        yield Job(task="garden.weed", state=state, started_at=now(), finished_at=now(), **said)
    yield Job(task="garden.weed", run_at=now() + timedelta(days=2))
    yield Job(task="garden.weed", state=JobState.RUNNING, progress=300, progress_of=600, started_at=now())


@pytest.fixture
def looks(window):
    """looks("dark", person): a tab of somebody who likes it dark."""

    def look(scheme: str, person: User | None) -> Page:
        page: Page = window(person, color_scheme=scheme, reduced_motion="reduce").new_page()
        return page

    return look


def barriers(page: Page) -> list[str]:
    """What axe finds, a line each."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)")
    return [f"{each['id']}: {node['html'][:150]} {node['any'][:1]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_keeps_anybody_out(planted, looks, owner, scheme):
    page = looks(scheme, owner)
    met = {}
    for address in PAGES:
        page.goto(address)
        met[address] = barriers(page)
    assert {address: found for address, found in met.items() if found} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_doors_keep_nobody_out(app, looks, scheme):
    token = LaunchToken.create()
    page = looks(scheme, None)
    page.goto(f"/launch/{token}")
    expect(page.get_by_label("Name your space")).to_be_visible()
    assert barriers(page) == []
    page.get_by_label("Name your space").fill("Meadow")
    page.get_by_label("Your name").fill("Ada")
    for label, value in (("Your e-mail", "ada@example.org"), ("A password", PASSWORD)):
        if page.get_by_label(label).count():
            page.get_by_label(label).fill(value)
    page.get_by_role("button", name="Open Fallow").click()
    page.wait_for_url("**/boards/1")
    stranger = looks(scheme, None)
    stranger.goto("/session/new")
    assert barriers(stranger) == []


def test_no_page_is_wider_than_a_phone(planted, window, owner):
    page = window(owner, viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    wide = {}
    for address in PAGES:
        page.goto(address)
        wide[address] = page.evaluate("document.documentElement.scrollWidth")
    assert {address: width for address, width in wide.items() if width > PHONE["width"]} == {}


def test_a_phone_shows_which_settings_these_are(planted, window, owner):
    page = window(owner, viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    page.goto("/settings/tokens")
    expect(page.get_by_role("navigation", name="Settings").get_by_role("link", name="API tokens")).to_be_in_viewport()
    page.get_by_label("What is it for?").fill("A script")
    page.get_by_role("button", name="Make a token").click()
    key = page.locator("#fresh-token")
    expect(key).to_be_visible()
    assert key.evaluate("key => key.scrollWidth <= key.clientWidth")


def test_everything_works_without_scripts(planted, window):
    page = window(None, java_script_enabled=False).new_page()
    page.goto("/boards/1")
    page.get_by_label("E-mail").fill("ada@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/boards/1")

    page.get_by_role("link", name="Add a card to Writing").click()
    page.get_by_label("New card in Writing").fill("Oil the gate")
    page.locator("#col-1").get_by_role("button", name="Add card").click()
    page.get_by_role("link", name="Oil the gate").click()

    page.get_by_label("Write a comment").fill("It *squeaks*")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".comment .prose em")).to_have_text("squeaks")
    page.get_by_label("Add a step").fill("Find the oil")
    page.locator("#add-step").click()
    page.get_by_role("checkbox", name="Find the oil").click()
    expect(page.get_by_role("checkbox", name="Find the oil")).to_be_checked()
    page.get_by_role("button", name="Checking").click()
    expect(page.get_by_role("navigation", name="You are here")).to_contain_text("Checking")
    page.get_by_role("button", name="Not now").click()
    page.get_by_role("button", name="Writing").click()
    page.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Open again").click()
    expect(page.get_by_role("button", name="Writing")).to_have_attribute("aria-current", "true")

    page.goto("/notifications")
    page.goto("/settings/plugin/entropy/entropy")
    page.get_by_text("60 days", exact=True).click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("radio", name="60 days")).to_be_checked()
