"""Push in a real browser: the worker, what it shows, and what the settings offer. No maker's service can be reached
here, so what such a service would deliver is handed to the worker by the browser's own tools."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from host import Board, User, db
from host.jobs.consumer import Consumer
from plugins.notifications.preferences import SETTINGS
from tests.plugins.notifications.push_service import PushService

PATIENCE = 10  # seconds
Window = Callable[..., BrowserContext]
Push = Callable[..., None]

# What a browser's maker would answer; everything after it is ours.
SUBSCRIBES = """(() => {
  let subscription = null;
  PushManager.prototype.getSubscription = async () => subscription;
  PushManager.prototype.subscribe = async options => {
    window.asked = options;
    const unsubscribe = async () => { subscription = null; window.stopped = true; return true; };
    const { endpoint, ...keys } = GIVEN;
    return subscription = { endpoint, toJSON: () => ({ endpoint, keys }), unsubscribe };
  };
})();""".replace("GIVEN", json.dumps(PushService(None).given))  # type: ignore[arg-type]
REGISTER = """async () => {
  await navigator.serviceWorker.register('/notifications/push/worker.js', { scope: '/' });
  const { active, scope } = await navigator.serviceWorker.ready;
  const changed = () => new Promise(done => active.addEventListener('statechange', done, { once: true }));
  while (active.state !== 'activated') await changed();
  return scope;
}"""
# A browser opens and focuses windows only for a person's own click.
CLICKS = """async () => {
  clients.openWindow = async url => { self.did = ['open', String(url)]; };
  WindowClient.prototype.focus = async function () { self.did = ['focus', this.url]; };
  const [notification] = await registration.getNotifications();
  dispatchEvent(new NotificationEvent('notificationclick', { notification }));
}"""
# Whoever asks Chromium what is shown while it shows something more may have that forgotten: nothing here asks before.
COUNTS = """() => {
  self.shows = 0;
  registration.showNotification = async (...note) => {
    await ServiceWorkerRegistration.prototype.showNotification.apply(registration, note);
    self.shows++;
  };
}"""
SHOWN = """async () => {
  const notes = await (await navigator.serviceWorker.ready).getNotifications();
  return notes.map(({ title, body, tag, data }) => ({ title, body, tag, data }));
}"""


@pytest.fixture
def page(window: Window, owner: User) -> Page:
    """A tab of Ada's, who allows notifications."""
    return window(owner, permissions=["notifications"]).new_page()


@pytest.fixture
def worker(app: Flask, live_server: str) -> Iterator[None]:
    """A worker beside the server, as in the program."""
    consumer = Consumer(app)
    consumer.start()
    yield
    assert consumer.stop(PATIENCE)


@pytest.fixture
def push(page: Page, live_server: str) -> Push:
    """`push({"title": "…"}, …)`: what a push service delivers, decrypted by the browser. Each is shown then."""
    page.goto("/boards")
    assert page.evaluate(REGISTER) == f"{live_server}/"
    tools = page.context.new_cdp_session(page)
    found: list[str] = []
    tools.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(_ids(told)))
    tools.send("ServiceWorker.enable")
    page.context.service_workers[0].evaluate(COUNTS)

    def deliver(*notes: dict[str, Any]) -> None:
        while not found:
            page.wait_for_timeout(50)
        start = _shows(page)
        for note in notes:
            told = {"origin": live_server, "registrationId": found[-1], "data": json.dumps(note)}
            tools.send("ServiceWorker.deliverPushMessage", told)
        until(page, lambda: _shows(page) == start + len(notes))

    return deliver


def _ids(told: dict[str, Any]) -> list[str]:
    return [each["registrationId"] for each in told["registrations"]]


def _shows(page: Page) -> int:
    """How many the worker has shown by now."""
    shows: int = page.context.service_workers[0].evaluate("() => self.shows")
    return shows


def shown(page: Page, *bodies: str) -> Any:
    """What the browser shows, which has to say just this, in any order."""
    notes = page.evaluate(SHOWN)
    assert sorted(each["body"] for each in notes) == sorted(bodies)
    return notes


def until(page: Page, holds: Callable[[], object]) -> None:
    """Playwright's own way to wait for a script is against the content security policy."""
    for _turn in range(PATIENCE * 20):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError(page.evaluate(SHOWN))


def test_what_is_pushed_is_shown_and_the_newer_takes_the_place_of_the_older(
    page: Page, push: Push
) -> None:
    note = {"id": 1, "tag": "fallow-1-a", "title": "Interview the bakers", "text": "look", "url": "/cards/1"}
    push(note)
    [first] = shown(page, "look")
    assert (first["title"], first["data"]) == (note["title"], {"id": 1, "url": "/cards/1"})
    push({**note, "id": 2, "tag": "fallow-2-a"})
    shown(page, "look", "look")
    push({**note, "tag": "fallow-1-b", "text": "again"})
    assert {each["tag"] for each in shown(page, "again", "look")} == {"fallow-1-b", "fallow-2-a"}


def test_of_many_that_come_at_once_none_is_lost(page: Page, push: Push) -> None:
    notes = [{"id": n, "tag": f"fallow-{n}-a", "title": "Look", "text": f"{n}", "url": f"/cards/{n}"} for n in range(9)]
    push(*notes)
    shown(page, *(note["text"] for note in notes))


def test_what_an_open_page_shows_is_not_shown_twice(
    page: Page, push: Push, window: Window, worker: None, board: Board, member: User
) -> None:
    card = board.add_card("Interview the bakers", by=member)
    db.session.flush()
    path = f"/cards/{card.number}"
    db.session.commit()
    bens = window(member).new_page()
    bens.goto(path)
    bens.get_by_label("Write a comment").fill("@ada-field, look")
    bens.get_by_role("button", name="Comment", exact=True).click()
    until(page, lambda: _shows(page) == 1)
    [there] = shown(page, "Ben Hollow mentioned you: “@ada-field, look”")
    push({**there["data"], "tag": there["tag"], "title": there["title"], "text": "pushed"})
    [now] = shown(page, "pushed")
    assert now["data"]["url"] == path


@pytest.mark.parametrize(("open_page", "does"), [("/boards", "open"), ("/cards/1?x=1", "focus")])
def test_a_click_leads_to_the_card_or_to_the_page_that_shows_it(
    page: Page,
    push: Push,
    board: Board,
    owner: User,
    live_server: str,
    open_page: str,
    does: str,
) -> None:
    board.add_card("Interview the bakers", by=owner)
    db.session.commit()
    page.goto(open_page)
    push({"id": 1, "tag": "fallow-1-a", "title": "Interview the bakers", "text": "look", "url": "/cards/1"})
    shown(page, "look")
    [script] = page.context.service_workers
    script.evaluate(CLICKS)
    until(page, lambda: script.evaluate("() => self.did"))
    address = f"{live_server}{'/cards/1' if does == 'open' else open_page}"
    assert script.evaluate("() => self.did") == [does, address]
    assert page.evaluate(SHOWN) == []


def test_the_worker_lets_requests_be(page: Page, push: object) -> None:
    page.goto(SETTINGS)
    assert page.evaluate("performance.getEntriesByType('navigation')[0].workerStart") == 0


def test_the_button_has_the_browser_told_and_the_list_shows_it(page: Page) -> None:
    page.add_init_script(SUBSCRIBES)
    page.goto(SETTINGS)
    page.get_by_role("button", name="Allow desktop notifications").click()
    section = page.get_by_role("region", name="While Fallow is closed")
    until(page, lambda: page.evaluate("'asked' in window"))
    assert page.evaluate("window.asked.userVisibleOnly") is True
    assert len(page.evaluate("window.asked.applicationServerKey")) == 87
    expect(section.get_by_role("button", name="Remove")).to_be_visible()
    expect(page.get_by_role("button", name="Allow desktop notifications")).to_be_hidden()


def test_a_browser_whose_maker_cannot_be_reached_says_so(page: Page) -> None:
    page.goto(SETTINGS)
    page.get_by_role("button", name="Allow desktop notifications").click()
    expect(page.get_by_text("The push service of this browser could not be reached.")).to_be_visible()
    expect(page.get_by_role("button", name="Allow desktop notifications")).to_be_visible()


def test_one_that_was_removed_stops_and_may_be_allowed_again(page: Page) -> None:
    page.add_init_script(f"{SUBSCRIBES} navigator.serviceWorker.ready.then(it => it.pushManager.subscribe({{}}));")
    page.goto("/boards")
    page.evaluate(REGISTER)
    page.goto(SETTINGS)
    until(page, lambda: page.evaluate("'stopped' in window"))
    expect(page.get_by_role("button", name="Allow desktop notifications")).to_be_visible()
