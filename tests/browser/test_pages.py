"""Every page for everybody: no barriers, nothing beyond the edge of a phone, and all of it without scripts."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from host.clock import now
from host.db import db
from host.jobs import Job, JobState, pauses
from host.models import Board, Invitation, LaunchToken, Pin, SavedView, User
from plugins.webhooks import dispatch
from plugins.webhooks.attempt import Attempt
from plugins.webhooks.webhook import Webhook
from tests.host.routes.addresses import addresses
from tests.host.routes.estate import settle

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
PHONE = {"width": 390, "height": 844}
SIZES = ((1440, 900), (390, 844))
COLOURS = ("color-contrast", "link-in-text-block")  # the rules by which another theme may be wrong
PASSWORD = "a long sentence for Ada"
PAGES = (
    "/boards",
    "/boards/1",
    "/boards/1?panel=edit",
    "/boards/1?tag=garden&closed=today&board=9",
    "/cards",
    "/cards?golden=1&view=1",
    "/views/1/edit",
    "/activity",
    "/palette",
    "/people/2",
    "/cards?tag=weeds",
    "/cards/1",
    "/cards/5",
    "/pins",
    "/jobs",
    "/jobs?state=done&task=garden.weed&range=7d",
    "/jobs?task=garden.mow",
    "/notifications",
    "/settings",
    "/boards/1/edit",
    "/boards/1/deletion",
    "/boards/1/publication",
    "/boards/1/copies/new",
    "/boards/1/columns/1/edit",
    "/boards/2",
    "/archive",
    "/public/boards/key",
    "/public/boards/key/cards/2",
    "/public/boards/key/columns/maybe",
    "/settings/people",
    "/settings/people/3",
    "/settings/tags",
    "/settings/tags/1",
    "/settings/tokens",
    "/settings/you",
    "/settings/plugins",
    "/recurring",
    "/settings/plugin/backups/backups",
    "/settings/plugin/cleanup/cleanup",
    "/settings/plugin/entropy/entropy",
    "/settings/plugin/recurring/recurring",
    "/boards/1/settings/webhooks/webhooks",
    "/webhooks/1",
    "/webhooks/1/deliveries/1",
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
    card.comment("By **Sunday**, as @ben-hollow said.", member)
    card.gild(owner)
    board.add_card("Mend the fence").postpone(owner)
    board.add_card("Count the posts").close(owner)
    old.watch(member)
    board.draft(owner).add_step("Oil it")
    Pin.put(card, owner)
    card.react("👍", owner)
    card.set_due(now().date() - timedelta(days=1), owner)
    card.attach(BytesIO(b"oak"), "trees.txt", owner)
    card.add_step("Oil it, @ben-hollow", by=owner)
    db.session.add_all(jobs())
    pauses.pause("entropy.sweep")
    a_webhook(board, owner)
    a_public_board(board, owner)
    Board.create("Last year", by=owner).archive(by=owner)
    Invitation.create(by=owner).key = "key"
    SavedView.keep(owner, "Gold", {"golden": ["1"]})
    db.session.commit()


def a_public_board(board: Board, owner: User) -> None:
    """With a crowded column that is ordered by hand, offered as a template."""
    board.change({"description": "All **corn** is in by *autumn*."}, by=owner)
    board.columns[0].change({"cap": 1, "order": "hand"}, by=owner)
    board.add_card("Bind the sheaves", column=board.columns[0], by=owner)
    board.publish(by=owner).key = "key"
    board.offer(by=owner)


def a_webhook(board: Board, owner: User) -> None:
    """One that fails, with a delivery that was refused."""
    webhook = Webhook.create(board, by=owner, name="Press", url="https://hooks.example/in", events=["card_closed"])
    delivery = dispatch.test(webhook, owner)
    headers = {"content-type": "text/plain", "x-long": "x" * 300}
    answered = {"status": 500, "answer": "sorry " * 200, "answer_headers": headers, "request_headers": headers}
    delivery.came_of_hand(Attempt(**answered))
    webhook.rotate()


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


def barriers(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """What axe finds, a line each; by all its rules, unless some are named."""
    page.evaluate(AXE)
    how = {"resultTypes": ["violations"], **({"runOnly": {"type": "rule", "values": list(rules)}} if rules else {})}
    found = page.evaluate("how => axe.run(document, how).then(found => found.violations)", how)
    return [f"{each['id']}: {node['html'][:150]} {node['any'][:1]}" for each in found for node in each["nodes"]]


def wrong(page: Page, address: str) -> list[str]:
    """What keeps somebody out, in either theme, on a large screen and on a phone."""
    page.goto(address)
    found = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for scheme, rules in (("light", ()), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme)
            found += [f"{scheme} {width}: {barrier}" for barrier in barriers(page, rules)]
    beyond = page.evaluate("document.documentElement.scrollWidth")
    return [*found, *([f"{beyond} px wide"] if beyond > PHONE["width"] else [])]


def test_no_page_keeps_anybody_out(planted, looks, owner):
    page = looks("light", owner)
    met = {address: wrong(page, address) for address in PAGES}
    assert {address: found for address, found in met.items() if found} == {}


@pytest.fixture
def everywhere(app, owner, member, client) -> list[str]:
    """Every page that there is, with one of everything that it may show."""
    things = settle(app, owner, member, all_access=True)
    paths = {each.about(things) for each in addresses(app) if each.method == "GET" and not each.is_api}
    answers = {path: client.get(path, buffered=True) for path in sorted(paths)}
    return [path for path, answer in answers.items() if answer.status_code == 200 and b"<html" in answer.data]


def test_nor_does_any_page_of_those_that_come_later(everywhere, looks, owner):
    page = looks("light", owner)
    assert len(everywhere) > 50
    met = {address: wrong(page, address) for address in everywhere}
    assert {address: found for address, found in met.items() if found} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("typed", ["@b", "#reeds"])
def test_what_is_offered_while_one_types_keeps_nobody_out(planted, looks, owner, typed, scheme):
    page = looks(scheme, owner)
    page.goto("/cards/1")
    page.get_by_label("Write a comment").click()
    page.keyboard.type(typed)
    expect(page.locator("#offered [role=option]")).to_have_count(1)
    assert barriers(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_preview_keeps_nobody_out(planted, looks, owner, scheme):
    page = looks(scheme, owner)
    page.goto("/cards/1?edit=1")
    page.get_by_label("Description").fill("- [x] **oil** it\n- [ ] [cut](/cards/2)")
    page.locator("#words").get_by_role("button", name="Preview").click()
    expect(page.get_by_role("region", name="Preview")).to_be_visible()
    assert barriers(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_palette_keeps_nobody_out(planted, looks, owner, scheme):
    page = looks(scheme, owner)
    page.goto("/cards/1")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette [role=option]:not([hidden])").first).to_be_visible()
    assert barriers(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_keys_open_on_a_board_keeps_nobody_out(planted, looks, owner, scheme):
    page = looks(scheme, owner)
    page.goto("/boards/1")
    for key in ("m", "a", "t", "?"):
        page.locator("#card-2 .card-title a").focus()
        page.keyboard.press(key)
        expect(page.locator("dialog:modal")).to_be_visible()
        assert barriers(page) == []
        page.keyboard.press("Escape")


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_invitation_keeps_nobody_out(planted, looks, scheme):
    page = looks(scheme, None)
    page.goto("/join/key")
    expect(page.get_by_label("Your name")).to_be_focused()
    assert barriers(page) == []


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
