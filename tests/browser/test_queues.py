"""Queues under the hands: one is made from a post, paused, resumed, changed, run and deleted."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from host import db, now, read_zone, reading
from plugins.publishing import Connection, Post, choose
from plugins.publishing.connection import Connection as OneConnection
from plugins.recurring.changing import Plan, create, pause
from plugins.recurring.queue import Queue
from plugins.recurring.run import Outcome, Run
from tests.browser.test_pages import PHONE, barriers

SCHEMES = ["light", "dark"]


@pytest.fixture
def post(owner):
    """The id of one of Ada's, for the feed; X is there to choose as well. (Who looks into the database after the commit
    locks the server out.)"""
    owner.zone = "Europe/Berlin"
    x = OneConnection(account=owner.account, owner=owner, platform="x", remote_id="ada", handle="ada")
    db.session.add(x)
    post = Post.draft(owner, ["The kettle is on."])
    choose(post, [Connection.feed_of(owner.account)])
    number = post.id
    db.session.commit()
    return number


@pytest.fixture
def planted(owner, board, post):
    """Queues of every sort, and the addresses of all pages on which they are."""
    zone = read_zone("Europe/Berlin")
    begins = (now() + timedelta(days=1)).astimezone(zone).replace(minute=0, second=0, microsecond=0, tzinfo=None)
    made = [create("post", post, Plan(days, begins, zone, most=most), owner) for days, most in ((1, None), (7, 10))]
    card = board.add_card("Clean the kettle", by=owner)
    made += [
        create("card", card.number, Plan(30, begins, zone), owner),
        create("post", post, Plan(5, begins, zone), owner),
    ]
    pause(made[1], owner)
    made[0].attention = "ada refused it as a repeat. Add a variation."
    made[0].skip_dates = [(begins + timedelta(days=2)).date().isoformat()]
    made[3].complete("All runs are done.")
    for day, outcome in enumerate(Outcome, 1):
        why = "Fallow was not running, and this is a longer sentence that says why."
        run = Run(queue_id=made[0].id, occurrence=now() - timedelta(days=day), outcome=outcome, why=why)
        run.said, run.version, run.made_id, run.number = ["The kettle is off."], 0, 99, day
        db.session.add(run)
    addresses = ["/recurring", "/recurring?status=paused", f"/recurring?card={card.number}", f"/cards/{card.number}"]
    addresses += [f"/recurring/queues/{queue.id}" for queue in made] + [f"/publishing/posts/{post}"]
    db.session.commit()
    return [*addresses, "/publishing?view=week", "/boards/1", "/settings/plugin/recurring/recurring"]


@pytest.fixture
def kept():
    """kept(lambda queue: queue.every): what is stored of the newest, without locking the server out."""

    def look(ask):
        with reading():
            db.session.rollback()
            found = db.session.scalars(db.select(Queue).order_by(Queue.id.desc()).limit(1)).first()
            said = ask(found) if found is not None else None
            db.session.rollback()
        return said

    return look


def test_a_queue_lives_from_a_post_to_its_end(page: Page, post, kept):
    page.goto(f"/publishing/posts/{post}")
    page.get_by_role("link", name="Repeat this post").click()
    page.wait_for_url("**/recurring?post=*")
    form = page.get_by_role("region", name="New queue")
    expect(form.get_by_label("What to repeat")).to_have_value(f"post:{post}")
    form.get_by_label("Every").fill("14")
    expect(form.locator(".forecast li")).to_have_count(5)
    form.get_by_label("Stop after, runs").fill("3")
    expect(form.locator(".forecast li")).to_have_count(3)
    form.get_by_role("button", name="Sow this post").click()
    expect(page.locator(".toast")).to_contain_text("Sown. It runs first on")
    queue = page.locator(".queue")
    expect(queue).to_contain_text("every 14 days")
    expect(queue.get_by_role("img", name="0 of 3 runs done")).to_be_visible()

    queue.get_by_role("button", name="Pause").click()
    expect(queue.locator(".pill")).to_have_text("Paused")
    expect(page.locator("#coming")).not_to_contain_text("The kettle is on.")
    queue.get_by_role("button", name="Resume").click()
    expect(queue.locator(".pill")).to_have_text("Active")
    expect(page.locator("#coming")).to_contain_text("The kettle is on.")
    queue.get_by_role("button", name="Run now").click()
    expect(queue.get_by_role("img", name="1 of 3 runs done")).to_be_visible()

    queue.get_by_role("link", name="Edit").click()
    form = page.get_by_role("region", name="Change it")
    form.get_by_label("Every").fill("30")
    form.get_by_role("button", name="Save").click()
    expect(page.locator(".toast")).to_contain_text("Saved.")
    expect(page.get_by_role("region", name="How it stands")).to_contain_text("every 30 days")
    assert kept(lambda queue: queue.every) == 30
    history = page.get_by_role("region", name="History")
    expect(history.locator("li")).to_have_count(1)
    expect(history).to_contain_text("by hand")
    history.get_by_role("link").first.click()
    expect(page.locator("#post-queues")).to_contain_text("Made by the queue")

    page.go_back()
    page.get_by_role("group").locator("summary").and_(page.locator("[id^=deleting]")).click()
    page.get_by_role("button", name="Delete this queue").click()
    expect(page.locator(".toast")).to_contain_text("The queue is gone. What it made stays.")
    expect(page.get_by_role("heading", name="Nothing comes round yet")).to_be_visible()
    assert kept(lambda queue: queue.id) is None


def test_what_is_wrong_keeps_what_was_typed(page: Page, post, kept):
    page.goto("/recurring")
    page.get_by_label("Every").fill("0")
    page.get_by_text("Variations").click()
    page.get_by_label("Variation 1").fill("The kettle sings.")
    page.get_by_text("More", exact=True).click()
    page.get_by_label("Last day").fill("2031-05-06")
    page.get_by_role("button", name="Sow this post").click()
    expect(page.locator("#f-every-errors")).to_contain_text("A whole number from 1 to 3660.")
    expect(page.get_by_label("Every")).to_have_value("0")
    expect(page.get_by_label("Variation 1")).to_have_value("The kettle sings.")
    expect(page.locator("#f-end_date")).to_have_value("2031-05-06")
    page.get_by_label("Every").fill("3")
    page.get_by_role("button", name="Sow this post").click()
    expect(page.locator(".toast")).to_contain_text("Sown.")
    assert kept(lambda queue: queue.options["variations"]) == [["The kettle sings."]]


def test_another_choice_brings_its_own_fields_and_keeps_the_rest(page: Page, owner, board, post, kept):
    card = board.add_card("Clean the kettle", by=owner)
    number = card.number
    db.session.commit()
    page.goto("/recurring")
    page.get_by_label("Every").fill("9")
    page.get_by_label("What to repeat").focus()
    page.get_by_label("What to repeat").select_option(f"card:{number}")
    page.get_by_label("Each copy goes to").select_option(label="Checking")
    expect(page.get_by_label("Every")).to_have_value("9")
    expect(page.get_by_label("What to repeat")).to_be_focused()
    page.get_by_role("button", name="Sow this card").click()
    expect(page.locator(".queue")).to_contain_text("every 9 days")
    assert kept(lambda queue: (queue.kind, queue.every)) == ("card", 9)


def test_what_it_does_is_shown_while_it_is_typed(page: Page, post):
    page.goto("/recurring")
    page.get_by_label("First run").fill("2031-03-23")
    page.get_by_label("At", exact=True).fill("02:30")
    expect(page.locator("#effect")).to_contain_text("Clocks skip 02:30 that day.")
    page.locator(".chips label", has_text="X").click()
    expect(page.locator("#effect")).to_contain_text("ada may refuse the same words again.")
    page.get_by_label("Every").fill("")
    expect(page.locator("#effect")).to_contain_text("once nothing is missing")


def test_a_queue_is_made_by_the_keyboard_alone(page: Page, post, kept):
    page.goto("/recurring")
    page.get_by_label("Every").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("5")
    for _ in range(20):
        if page.evaluate("document.activeElement.name") == "connection":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.locator("#f-every").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("Sown.")
    assert kept(lambda queue: (queue.every, len(queue.options["connections"] or []))) == (5, 2)
    for _ in range(60):
        page.keyboard.press("Tab")
        if (page.evaluate("document.activeElement.id") or "").startswith("deleting"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Delete this queue")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Delete this queue")).to_be_hidden()
    assert page.evaluate("document.activeElement.id").startswith("deleting")


def test_it_works_without_scripts(planted, window, owner, board, kept):
    page = window(owner, java_script_enabled=False).new_page()
    page.goto("/recurring?status=active")
    page.locator("#queue-1").get_by_role("button", name="Pause").click()
    expect(page.locator("#queue-1")).to_have_count(0)
    page.get_by_label("What to repeat").select_option("card:1")
    page.get_by_role("button", name="Take this one").click()
    page.get_by_label("Each copy goes to").select_option(label="Writing")
    page.get_by_label("Every").fill("4")
    page.get_by_role("button", name="Show what it does").click()
    expect(page.locator(".forecast li")).to_have_count(5)
    page.get_by_role("button", name="Sow this card").click()
    assert kept(lambda queue: (queue.kind, queue.every)) == ("card", 4)
    page.goto("/recurring/queues/1")
    page.get_by_role("button", name="Resume").click()
    page.get_by_role("button", name="Leave out").first.click()
    page.locator("[id^=deleting]").click()
    page.get_by_role("button", name="Delete this queue").click()
    page.wait_for_url("**/recurring")
    expect(page.locator("#queue-1")).to_have_count(0)


def test_what_others_change_is_seen_at_once(planted, window, owner):
    page, elsewhere = window(owner).new_page(), window(owner).new_page()
    for each in (page, elsewhere):
        each.goto("/recurring")
    page.get_by_label("Every").fill("77")
    elsewhere.locator("#queue-1").get_by_role("button", name="Pause").click()
    expect(page.locator("#queue-1 .pill")).to_have_text("Paused")
    expect(page.get_by_label("Every")).to_have_value("77")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_page_keeps_anybody_out(planted, window, owner, scheme):
    page = window(owner, color_scheme=scheme, reduced_motion="reduce").new_page()
    met = {}
    for address in planted:
        page.goto(address)
        page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true; })")
        met[address] = barriers(page)
    page.goto("/recurring")
    page.get_by_label("Every").fill("0")
    page.get_by_role("button", name="Sow").click()
    expect(page.locator("#f-every-errors")).to_be_visible()
    met["errors"] = barriers(page)
    assert {address: found for address, found in met.items() if found} == {}


def test_no_page_is_wider_than_a_phone(planted, window, owner):
    page = window(owner, viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    wide = {}
    for address in planted:
        page.goto(address)
        page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true; })")
        wide[address] = page.evaluate("document.documentElement.scrollWidth")
    assert {address: width for address, width in wide.items() if width > PHONE["width"]} == {}
    page.goto("/recurring")
    page.locator("[id^=deleting]").first.tap()
    box = page.get_by_role("button", name="Delete this queue").first.bounding_box()
    assert box is not None
    assert box["x"] >= 0


def test_an_empty_page_keeps_nobody_out(page: Page, post):
    page.goto("/recurring")
    expect(page.get_by_role("heading", name="Nothing comes round yet")).to_be_visible()
    assert barriers(page) == []
