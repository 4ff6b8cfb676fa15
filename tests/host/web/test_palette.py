"""The command palette, and the switch for single keys."""

import re

import pytest

from host.db import db
from host.models import Account, Board, SavedView
from tests.host.web.conftest import HTMX

pytestmark = pytest.mark.sqlite_only("a page is the same on either database")

PEAR = """
from host import NavItem, hookimpl
@hookimpl
def nav_items(place): return [NavItem("Pears <ripe>", "/orchard/pears")] if place == "topbar" else []
"""


@pytest.fixture
def entries(client):
    """`entries("/boards/1")`: the fragment that is asked for there."""
    return lambda came_from="/": client.get("/palette", query_string={"from": came_from}, headers=HTMX).text


def test_it_has_boards_views_people_places_and_doings(entries, board, owner, member):
    SavedView.keep(owner, "Weeding", {"tag": ["garden"]})
    Board.create("Secret", by=member, all_access=False)
    eve = Account.open("Far", owner_name="Eve", email=None)
    Board.create("Far away", by=eve)
    db.session.commit()
    html = entries()
    for words in ("Launch", "Weeding", "Ben Hollow", "@ben-hollow", "Activity", "API tokens", "Dark theme", "Sign out"):
        assert f">{words}<" in html, words
    for words in ("Secret", "Far away", "Eve"):
        assert words not in html


def test_a_card_is_added_to_the_board_on_the_screen(entries, board, owner):
    Board.create("Aardvark", by=owner)
    db.session.commit()
    assert f'data-url="/boards/{board.id}#new-title"' in entries(f"/boards/{board.id}?tag=a")
    assert f'data-url="/boards/{board.id + 1}#new-title"' in entries("/activity")


ODD = ["//evil.example", "https://evil.example/boards/1", "/boards/" + "9" * 40, "", "\\"]


@pytest.mark.parametrize("came_from", ODD)
def test_odd_places_to_come_from_are_none(entries, board, came_from):
    html = entries(came_from)
    assert "evil" not in html
    assert 'name="back" value="/' in html


def test_members_are_offered_no_settings_of_admins(browser, member, board):
    html = browser(member).get("/palette", headers=HTMX).text
    assert ">API tokens<" in html
    assert ">Plugins<" not in html


def test_without_javascript_it_is_a_page(client, read, board):
    page = read(f"/palette?from=/boards/{board.id}")
    assert "Command palette, Ctrl K" in {has.get("aria-label") for has in page.all("a", class_="nav palette")}
    assert f"/boards/{board.id}" in {has.get("href") for has in page.all("a", class_="line")}
    assert {form.values.get("theme") for form in page.forms if form.action == "/theme"} >= {"dark", "light", ""}


def test_every_option_does_something(entries, board):
    html = entries()
    options = re.findall(r'<div class="line" role="option"[^>]*>', html)
    forms = set(re.findall(r'<form id="([^"]+)"', html))
    assert len(options) > 20
    for option in options:
        assert "data-url" in option or re.search(r'data-form="([^"]+)"', option)[1] in forms


def test_its_statements_do_not_grow(client, owner, board, statements):
    def cost():
        db.session.commit()
        with statements() as seen:
            client.get("/palette", headers=HTMX)
        return len(seen)

    cost()
    few = cost()
    for number in range(10):
        Board.create(f"Board {number}", by=owner)
        SavedView.keep(owner, f"View {number}", {"golden": ["1"]})
    assert cost() == few


class TestWithAPlugin:
    @pytest.fixture
    def app(self, sown):
        return sown(orchard=PEAR)

    def test_its_pages_are_there(self, entries, owner):
        assert "Pears &lt;ripe&gt;" in entries()


def test_single_keys_are_switched_off_and_on(read, submit, client, owner):
    assert "data-keys" not in client.get("/boards").text
    page = read("/settings/you")
    client.post("/settings/you/keys", data={})
    assert 'data-keys="off"' in client.get("/boards").text
    submit(page, "/settings/you/keys", single_keys="1")
    assert "data-keys" not in client.get("/boards").text


def test_another_change_of_the_profile_leaves_the_keys_alone(client, owner):
    client.post("/settings/you/keys", data={})
    client.post("/settings/you", data={"name": "Ada", "handle": owner.handle})
    db.session.refresh(owner)
    assert not owner.single_keys
