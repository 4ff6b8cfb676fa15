"""What runs after a start, whatever the plugins did at it."""

import pytest

from host.errors import Fault, NotFound
from host.plugging import PluginRegistry
from host.plugging.state import State
from tests.planting import HEAD


def names(registry: PluginRegistry) -> list[str]:
    return [each.name for each in registry.on]


def test_ours_run_and_a_new_one_waits_to_be_switched_on(plant, loaded, data):
    plant("orchard")
    assert "orchard" not in names(loaded())
    assert "entropy" in names(loaded())
    State.read(data).switch_on(["orchard"])
    assert "orchard" in names(loaded())


def test_plugins_run_in_order_of_their_names(plant, loaded):
    for name in ("willow", "alder", "maple"):
        plant(name)
    assert names(loaded("willow", "alder", "maple")) == ["alder", "maple", "willow"]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("import avif_encoder", "No module named 'avif_encoder'"),
        ("raise SystemExit(3)", "it tried to end the program"),
        ("from nowhere_at_all import x", "No module named 'nowhere_at_all'"),
        ("from host import schedul", "cannot import name 'schedul'"),
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("def", "SyntaxError"),
        ("del PLUGIN", "has no PLUGIN"),
        ("PLUGIN = 'orchard'", "has no PLUGIN"),
        ("PLUGIN = Plugin('garden', title='Garden')", "is named “garden” but installed as “orchard”"),
        ("PLUGIN = Plugin('orchard', title='Orchard', api=2)", "made for plugin interface 2; this is 1"),
    ],
)
def test_one_that_cannot_start_is_named_and_the_others_run(plant, loaded, source, said):
    plant("orchard", source)
    plant("meadow")
    registry = loaded("meadow", "orchard")
    orchard = registry.found["orchard"]
    assert names(registry) == ["meadow"]
    assert orchard.standing == "failed"
    assert said in orchard.reason
    assert orchard.failures[0].remedy


def test_a_traceback_begins_with_the_plugins_own_line(plant, loaded):
    plant("orchard", "from . import codecs", **{"codecs.py": "import avif_encoder\n"})
    text = loaded("orchard").found["orchard"].traceback
    assert 'orchard/__init__.py"' in text.splitlines()[1]
    assert "host/plugging" not in text
    assert "Install avif_encoder" in loaded("orchard").found["orchard"].failures[0].remedy


def test_strict_ends_the_start_and_says_why(plant, loaded):
    plant("orchard", "1 / 0")
    with pytest.raises(Fault, match="orchard: It failed while starting: ZeroDivisionError"):
        loaded("orchard", strict=True)


def test_safe_mode_starts_none(plant, loaded):
    plant("orchard", "raise AssertionError")
    registry = loaded("orchard", safe=True)
    assert names(registry) == []
    assert "safe mode" in registry.found["orchard"].reason


def test_an_empty_choice_starts_none(data):
    registry = PluginRegistry(data, only=())
    registry.load()
    assert names(registry) == []


def test_one_that_was_asked_for_and_is_gone_is_named(loaded, data, caplog):
    data.mkdir()
    State.read(data).switch_on(["orchard"])
    gone = loaded().found["orchard"]
    assert (gone.standing, gone.source) == ("failed", "missing")
    assert "not here any more" in gone.reason
    assert "plugin orchard does not run. It is switched on" in caplog.text


def test_a_second_of_the_same_name_is_refused_and_shown(plant, loaded):
    plant("entropy", "raise AssertionError('never imported')")
    registry = loaded("entropy")
    assert registry.found["entropy"].source == "bundled"
    assert [each.source for each in registry if each.name == "entropy"] == ["bundled", "folder"]
    assert "already" in registry.refused[0].reason


def test_one_is_off_while_what_it_needs_is_off(plant, loaded):
    needs = HEAD.replace("version", "requires=['meadow'], version")
    plant("meadow", "1 / 0")
    plant("orchard", head=needs)
    plant("willow", head=needs.replace("meadow", "orchard"))
    registry = loaded("meadow", "orchard", "willow")
    assert names(registry) == []
    assert registry.found["orchard"].standing == "off"
    assert "needs the plugin meadow" in registry.found["orchard"].reason
    assert "needs the plugin orchard" in registry.found["willow"].reason


def test_one_that_fails_later_is_dropped_with_what_builds_on_it(plant, loaded):
    plant("meadow")
    plant("orchard", head=HEAD.replace("version", "requires=['meadow'], version"))
    registry = loaded("meadow", "orchard")
    registry.drop("meadow", "Its migration failed", ValueError("no such column"))
    assert names(registry) == []
    assert registry.found["meadow"].reason == "Its migration failed: ValueError: no such column."
    assert not registry.manager.has_plugin("meadow")


@pytest.fixture
def running(plant, loaded, data):
    """A program in which meadow runs, and orchard that builds on it."""
    plant("meadow")
    plant("orchard", head=HEAD.replace("version", "requires=['meadow'], version"))
    data.mkdir(exist_ok=True)
    State.read(data).switch_on(["meadow", "orchard"])
    registry = loaded()
    registry.settle()
    return registry


def test_switching_off_acts_at_once_and_takes_what_builds_on_it(running):
    running.switch_off("meadow")
    assert not {"meadow", "orchard"} & set(names(running))
    assert not running.manager.has_plugin("orchard")


def test_what_ran_before_can_be_switched_on_at_once(running):
    running.switch_off("meadow")
    running.switch_on("meadow")
    assert {"meadow", "orchard"} <= set(names(running))
    assert running.manager.has_plugin("orchard")


def test_what_did_not_run_waits_for_the_next_start(running, plant, loaded):
    plant("willow")
    registry = loaded()
    registry.settle()
    registry.switch_on("willow")
    willow = registry.found["willow"]
    assert willow.standing == "off"
    assert registry.enabled(willow)


def test_a_switch_from_another_program_is_followed(running, data):
    State.read(data).switch_off(["meadow"])
    assert "meadow" in names(running)
    running.refresh()
    assert "meadow" not in names(running)


def test_a_plugin_that_is_not_here_cannot_be_switched(running):
    with pytest.raises(NotFound, match="no plugin named elm"):
        running.switch_on("elm")
