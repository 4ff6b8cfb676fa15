"""Connecting an account under the hands, with a worker that asks the network; and what the pages offer beside."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from host import db, now
from host.jobs.consumer import Consumer
from plugins.publishing.connection import Connection
from plugins.publishing.outcomes import Held, Remedy
from plugins.publishing.platform import Tokens
from plugins.publishing.slot import Slot
from plugins.publishing.visit import Visit
from tests.peers.bluesky import BlueskyPeer
from tests.peers.x import XPeer

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
PHONE = {"width": 390, "height": 844}
PATIENCE = 10  # seconds
SETTINGS = "/settings/plugin/publishing/publishing"


@pytest.fixture
def worker(app: Flask, live_server: str) -> Iterator[None]:
    """A worker beside the server, as in the program."""
    consumer = Consumer(app)
    consumer.start()
    yield
    assert consumer.stop(PATIENCE)


@pytest.fixture
def at(app: Flask, live_server: str, allow: Callable[..., None], begin_peer: Callable[..., XPeer]):
    """`at("x", XPeer)`: a network on this machine; and people come back to where they are."""

    def begin(name, kind):
        peer = begin_peer(kind)
        allow("127.0.0.0/8")
        fallow = app.extensions["fallow"]
        given = {f"publishing.{name}.{key}": peer.url for key in ("api", "site")}
        fallow.config = replace(fallow.config, addresses=given, public_url=live_server)
        return peer

    return begin


def barriers(page: Page) -> list[str]:
    """What axe finds, a line each."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)")
    return [f"{each['id']}: {node['html'][:150]} {node['any'][:1]}" for each in found for node in each["nodes"]]


def test_a_bluesky_account_is_connected(at, worker, page):
    peer = at("bluesky", BlueskyPeer)
    page.goto("/publishing/connections")
    page.get_by_role("link", name="Bluesky").click()
    page.get_by_label("Your handle").fill("ada")
    page.get_by_label("App password").fill(peer.ada.app_password)
    page.get_by_role("button", name="Connect").click()
    expect(page.get_by_text("A handle has a dot in it")).to_be_visible()
    expect(page.get_by_label("App password")).to_have_value("")
    page.get_by_label("Your handle").fill("ada.bsky.social")
    page.get_by_label("App password").fill(peer.ada.app_password)
    page.get_by_role("button", name="Connect").click()
    expect(page.locator("#visit")).to_contain_text("Connected")
    page.get_by_role("link", name="To the connections").click()
    row = page.get_by_role("region", name="ada.bsky.social")
    expect(row).to_contain_text("Publishes")


def test_an_account_at_x_is_connected_by_going_there(at, worker, page):
    at("x", XPeer)
    page.goto("/publishing/connections/new/x")
    page.get_by_label("Client ID").fill("app-with-secret")
    page.get_by_label("Client secret").fill("hush")
    page.get_by_role("button", name="Connect").click()
    page.get_by_role("link", name="Go to X").click()
    expect(page.locator("#visit")).to_contain_text("Connected")
    expect(page.locator("#visit")).to_contain_text("ada")


def test_without_scripts_the_page_looks_again(at, worker, window, owner):
    peer = at("bluesky", BlueskyPeer)
    page = window(owner, java_script_enabled=False).new_page()
    page.goto("/publishing/connections/new/bluesky")
    page.get_by_label("Your handle").fill("ada.bsky.social")
    page.get_by_label("App password").fill(peer.ada.app_password)
    page.get_by_role("button", name="Connect").click()
    expect(page.locator("#visit")).to_contain_text("Connected", timeout=PATIENCE * 1000)


def test_slots_and_sharing(window, owner):
    _connections(owner)
    page = window(owner).new_page()
    page.goto("/publishing/connections")
    row = page.get_by_role("region", name="@ada@peer.example")
    row.get_by_text("2 slots").click()
    row.get_by_label("Time").fill("18:30")
    row.get_by_role("button", name="Add a slot").click()
    expect(row).to_contain_text("3 slots")
    row.get_by_role("button", name="Share").click()
    expect(row).to_contain_text("shared with the space")
    row.get_by_text("Disconnect").first.click()
    row.get_by_role("button", name="Disconnect now").click()
    expect(page.get_by_role("region", name="@ada@peer.example")).to_have_count(0)


def test_a_link_is_shown_while_it_is_typed(window, owner):
    page = window(owner).new_page()
    page.goto(SETTINGS)
    page.get_by_label("Added to each link").press_sequentially("utm_source={network}")
    expect(page.locator("#links-shown")).to_contain_text("utm_source=mastodon")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_keeps_anybody_out(window, owner, scheme):
    addresses = _pages(owner)
    page = window(owner, color_scheme=scheme, reduced_motion="reduce").new_page()
    met = {}
    for address in addresses:
        page.goto(address)
        page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true; })")
        met[address] = barriers(page)
    assert {address: found for address, found in met.items() if found} == {}


def test_no_page_is_wider_than_a_phone(window, owner):
    addresses = _pages(owner)
    page = window(owner, viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    wide = {}
    for address in addresses:
        page.goto(address)
        wide[address] = page.evaluate("document.documentElement.scrollWidth")
    assert {address: width for address, width in wide.items() if width > PHONE["width"]} == {}


def _connections(owner):
    """One of each sort."""
    for platform, handle in (("mastodon", "@ada@peer.example"), ("x", "ada"), ("linkedin", "Ada Plum")):
        made = Connection(
            account=owner.account, owner=owner, platform=platform, remote_id=handle, handle=handle, shared=False
        )
        db.session.add(made)
        db.session.flush()
        made.renewed(Tokens("access"))
        if platform == "x":
            made.hold(Held("X has no credits left.", Remedy.CREDITS))
        elif platform == "linkedin":
            made.renewed(Tokens("access", expires_at=now() + timedelta(days=5)))
        else:
            Slot.replace(made, [(0, 540), (3, 1110)])
    db.session.commit()


def _pages(owner):
    """Every page of connections, and a visit at each of its ends."""
    _connections(owner)
    visits = []
    for stage in ("beginning", "away", "failed", "done"):
        visit = Visit(user=owner, platform="x", redirect="http://a.example", mark=stage, stage=stage)
        visit.url, visit.why = "https://x.example/authorize", "X does not take this code."
        db.session.add(visit)
        db.session.flush()
        visits.append(f"/publishing/visits/{visit.id}")
    db.session.commit()
    return ["/publishing/connections", "/publishing/connections/new/x", SETTINGS, *visits]


def test_what_others_change_is_seen_at_once_but_not_under_a_hand(window, owner, member):
    _connections(owner)
    page, elsewhere = window(owner).new_page(), window(owner).new_page()
    for each in (page, elsewhere):
        each.goto("/publishing/connections")
    row = elsewhere.get_by_role("region", name="@ada@peer.example")
    row.get_by_role("button", name="Share").click()
    watched = page.get_by_role("region", name="@ada@peer.example")
    expect(watched).to_contain_text("shared with the space")
    watched.get_by_text("2 slots").click()
    watched.get_by_label("Time").fill("18:30")
    page.evaluate("document.body.addEventListener('live:connections', () => { window.heard = true; })")
    row.get_by_role("button", name="Keep to myself").click()
    expect(row).not_to_contain_text("shared with the space")
    page.wait_for_function("window.heard")
    expect(watched.get_by_label("Time")).to_have_value("18:30")
    watched.get_by_text("2 slots").click()
    page.get_by_role("heading", name="Connections").click()
    expect(watched).not_to_contain_text("shared with the space")
