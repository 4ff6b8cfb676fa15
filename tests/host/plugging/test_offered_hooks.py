"""Hooks that one plugin offers to others."""

import pytest

from host.errors import Fault

OFFER = """\
from host import hookspec


@hookspec
def register_fruit(basket):
    "What grows."
"""
GARDEN = """\
from garden import offered

PLUGIN = Plugin("garden", title="Garden", hookspecs=offered)
"""
TAKER = """\
PLUGIN = Plugin("tree", title="Tree", requires=["garden"])


@hookimpl
def register_fruit(basket):
    return [basket + " of pears"]
"""


@pytest.fixture
def garden(plant):
    """garden(source of the hooks it offers)."""
    return lambda offered=OFFER: plant("garden", GARDEN, **{"offered.py": offered})


def test_another_plugin_may_use_it(garden, plant, loaded):
    garden()
    plant("tree", TAKER)
    registry = loaded("garden", "tree")
    assert [each.name for each in registry.on] == ["garden", "tree"]
    assert registry.manager.hook.register_fruit(basket="a basket") == [["a basket of pears"]]


@pytest.mark.parametrize("wrong", ["baskett", "register_fruits"])
def test_a_misspelt_one_is_named(garden, plant, loaded, wrong):
    garden()
    plant("tree", TAKER.replace(wrong[:-1], wrong))
    tree = loaded("garden", "tree").found["tree"]
    assert tree.standing == "failed"
    assert "Did you mean" in tree.reason


def test_without_the_one_that_offers_it_the_other_is_off(garden, plant, loaded):
    garden()
    plant("tree", TAKER)
    tree = loaded("tree").found["tree"]
    assert (tree.standing, tree.reason) == ("off", "It needs the plugin garden, which is off.")


def test_one_that_nobody_requires_is_unknown(plant, loaded):
    plant("tree", TAKER.replace(", requires=['garden']", "").replace(', requires=["garden"]', ""))
    assert "There is no hook named register_fruit" in loaded("tree").found["tree"].reason


@pytest.mark.parametrize("taken", ["board_banner", "register_tasks"])
def test_it_may_not_take_the_name_of_another(garden, loaded, taken):
    garden(OFFER.replace("register_fruit", taken))
    found = loaded("garden").found["garden"]
    assert (found.standing, found.reason) == ("failed", f"There is a hook named {taken} already.")
    with pytest.raises(Fault):
        loaded("garden", strict=True)
