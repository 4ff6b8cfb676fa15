"""What stands in the places of a page that plugins fill."""

from types import SimpleNamespace

import pytest
from flask import g

from host.models import Account
from host.plugging import plugins
from host.web import slots

pytestmark = pytest.mark.sqlite_only("nothing here touches the database; what a failing hook leaves there: test_gather")

BANNER = "@hookimpl\ndef board_banner(): return {}"
NAV = "@hookimpl\ndef nav_items(place, actor, board, card): return {}"
BADGES = "@hookimpl\ndef card_badges(cards): return {}"
HEADS = "@hookimpl\ndef column_badges(board): return {}"
PANEL = "@hookimpl\ndef card_panel(card): {}"


@pytest.fixture
def asked(sown):
    """asked(orchard=source): these plugins, in the middle of a request of Ada's."""
    opened = []

    def ask(**sources):
        app = sown(**sources)
        request = app.test_request_context()
        request.push()
        opened.append(request)
        g.token = SimpleNamespace(user=Account.open("Meadow", owner_name="Ada", email=None))

    yield ask
    for request in opened:
        request.pop()


def moments(name):
    return [(fault.moment, fault.traceback.splitlines()[-1]) for fault in plugins().found[name].faults]


def test_what_is_lighter_comes_first_then_by_name(asked):
    asked(
        willow=BANNER.format("Banner('w', weight=1)"),
        maple=BANNER.format("Banner('m')"),
        alder=BANNER.format("Banner('a', weight=1)"),
    )
    assert [banner.template for banner in slots.banners(None)] == ["m", "a", "w"]


def test_each_part_knows_its_plugin_whatever_it_says_itself(asked):
    asked(orchard=BANNER.format("Banner('x', plugin='entropy')"))
    assert [banner.plugin for banner in slots.banners(None)] == ["orchard"]


def test_a_hook_may_give_one_several_or_none(asked):
    two = "[NavItem('a', '/a'), NavItem('b', '/b')]"
    asked(alder=NAV.format(two), maple=NAV.format("None"), willow=NAV.format("iter([])"))
    assert [item.title for item in slots.nav("topbar")] == ["a", "b"]


def test_a_menu_is_asked_for_its_place_and_by_its_person(asked):
    asked(orchard=NAV.format("[NavItem(f'{place} {actor.name} {board} {card}', '/')]"))
    assert slots.nav("board_menu", "b")[0].title == "board_menu Ada b None"


def test_signs_of_several_plugins_on_a_card_are_put_together(asked):
    asked(
        alder=BADGES.format("{1: [Badge('a', weight=2)], 2: [Badge('a')]}"),
        willow=BADGES.format("{1: [Badge('w', weight=1)]}"),
    )
    badges = slots.badges([object()])
    assert [badge.template for badge in badges[1]] == ["w", "a"]
    assert [badge.plugin for badge in badges[2]] == ["alder"]
    assert list(badges[3]) == []


def test_signs_of_several_plugins_in_a_column_are_put_together_by_its_key(asked):
    asked(
        alder=HEADS.format("{Place.DONE: [Badge('a', weight=2)], 3: [Badge('a')]}"),
        willow=HEADS.format("{Place.DONE: [Badge('w', weight=1)]}"),
    )
    badges = slots.column_badges(None)
    assert [badge.template for badge in badges["done"]] == ["w", "a"]
    assert [badge.plugin for badge in badges["3"]] == ["alder"]
    assert list(badges["maybe"]) == []


def test_without_cards_nobody_is_asked(asked):
    asked(orchard=BADGES.format("1 / 0"))
    assert slots.badges([]) == {}
    assert moments("orchard") == []


@pytest.mark.parametrize("given", ["'text'", "[NavItem('a', '/')]", "3", "{1: 2}"])
def test_something_else_is_the_plugins_fault(asked, given):
    asked(orchard=BANNER.format(given), willow=BANNER.format("Banner('w')"))
    assert [banner.template for banner in slots.banners(None)] == ["w"]
    assert [moment for moment, _error in moments("orchard")] == ["board_banner"]


@pytest.mark.parametrize("given", ["[Badge('a')]", "{1: Banner('a')}", "{'one': [Badge('a')]}", "{1: ['text']}"])
def test_signs_of_another_shape_are_the_plugins_fault(asked, given):
    asked(orchard=BADGES.format(given))
    assert slots.badges([object()]) == {}
    assert [moment for moment, _error in moments("orchard")] == ["card_badges"]


def test_in_place_of_a_panel_that_fails_stands_a_notice(asked):
    asked(orchard=PANEL.format("raise SystemExit"), willow=PANEL.format("return CardPanel('Willow', 'willow/a.html')"))
    assert [panel.title for panel in slots.panels(None)] == ["Orchard", "Willow"]
    assert slots.panels(None)[0].template == "plugins/missing_panel.html"
