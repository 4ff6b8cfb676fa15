"""Names are guards: what a plugin brings carries its name, and hooks are written as they are known."""

import pytest

from host.cli import COMMANDS
from host.db import Base
from host.plugging.loader import known_hooks
from host.plugging.names import NAME, RESERVED, carries

TASK = "Task('{}', run=lambda: None)"


@pytest.fixture
def reasons(plant, loaded):
    """reasons(source): why a plugin with this source is refused."""

    def refused(source: str, **files: str) -> list[str]:
        plant("orchard", source, **files)
        return [failure.reason for failure in loaded("orchard").found["orchard"].failures]

    return refused


def hook(name: str, returns: str, marked: str = "@hookimpl") -> str:
    return f"{marked}\ndef {name}():\n    return {returns}\n"


MISNAMED = {
    "tasks": hook("register_tasks", f"[{TASK.format('meadow.count')}]"),
    "periodic": hook("register_tasks", f"[Periodic(every(hours=1), {TASK.format('count')}, 'Count')]"),
    "subscription": hook("register_tasks", f"[Subscription([], {TASK.format('orchardcount')})]"),
    "blueprints": "from flask import Blueprint\n" + hook("register_blueprints", "[Blueprint('pages', __name__)]"),
    "retention": hook("register_retention", "[RetentionRule('meadow.mown', 'Mown', None)]"),
    "event_sentences": hook("register_event_sentences", "[EventSentence(kind('meadow.mown'), lambda who, _p: who)]"),
    "schema": "from pathlib import Path\n" + hook("register_schema", "Schema('apple_', Path(__file__).parent)"),
}


@pytest.mark.parametrize("source", MISNAMED.values(), ids=MISNAMED)
def test_what_does_not_carry_the_plugins_name_is_refused(reasons, source):
    (reason,) = reasons(source)
    assert "does not carry the plugin's name “orchard”" in reason


def test_what_carries_it_is_taken(plant, loaded):
    plant(
        "orchard",
        "from flask import Blueprint\n"
        + hook("register_tasks", f"[{TASK.format('orchard.count')}]")
        + hook("register_blueprints", "[Blueprint('orchard', __name__), Blueprint('orchard_api', __name__)]"),
    )
    orchard = loaded("orchard").found["orchard"]
    assert orchard.standing == "on"
    assert orchard.hooks == ["register_blueprints", "register_tasks"]
    assert [task.name for task in orchard.declared.tasks] == ["orchard.count"]


def test_templates_lie_in_a_folder_of_the_plugins_name(reasons):
    assert reasons("", **{"templates/cards/show.html": ""}) == ["templates/cards must lie in templates/orchard/."]


APPLE = """
from sqlalchemy.orm import Mapped, mapped_column

class Apple(Model):
    __tablename__ = "apple_of_a_test"
    id: Mapped[int] = mapped_column(primary_key=True)
"""


def test_a_table_carries_the_plugins_name_and_has_a_schema(plant, loaded):
    plant("orchard", APPLE)
    first, second = (failure.reason for failure in loaded("orchard").found["orchard"].failures)
    assert "“apple_of_a_test” does not carry" in first
    assert "no register_schema" in second


def test_migrations_that_are_not_there_are_told(reasons):
    nowhere = "Schema('orchard_', Path(__file__).parent / 'nowhere')"
    source = "from pathlib import Path\n" + hook("register_schema", nowhere)
    assert "folder of migrations" in reasons(source)[0]


@pytest.mark.parametrize("returns", ["3", "[3]", "None", "['text']"])
def test_a_hook_that_gives_something_else_is_refused(reasons, returns):
    assert len(reasons(hook("register_tasks", returns))) == 1


def test_each_of_several_failures_is_told(reasons):
    raising = hook("register_tasks", "1 / 0") + hook("register_blueprints", "[nothing]")
    found = reasons(raising + hook("register_settings", "[3]"))
    assert len(found) == 3
    assert any("ZeroDivisionError" in reason for reason in found)
    assert any("NameError" in reason for reason in found)


UNFIT = {
    hook("board_baner", "None"): "There is no hook named board_baner. Did you mean board_banner?",
    hook("xyz", "None"): "There is no hook named xyz.",
    "@hookimpl\ndef board_banner(bord):\n    return None\n": "no argument bord. Did you mean board?",
    hook("board_banner", "None", "@hookimpl(tryfirst=True)"): "must not use tryfirst",
    hook("board_banner", "None", "@hookimpl(trylast=True)"): "must not use trylast",
    "@hookimpl(wrapper=True)\ndef board_banner():\n    return (yield)\n": "must not use wrapper",
    hook("board_banner", "None", ""): "lacks @hookimpl",
}


@pytest.mark.parametrize(("source", "said"), UNFIT.items(), ids=UNFIT.values())
def test_a_hook_that_could_not_be_called_is_refused(reasons, source, said):
    (reason,) = reasons(source)
    assert said in reason


def test_every_hook_that_does_not_fit_is_told(reasons):
    assert len(reasons(hook("board_baner", "None") + hook("card_bagdes", "None"))) == 2


def test_a_hook_takes_only_the_arguments_it_wants(plant, loaded):
    plant("orchard", "@hookimpl\ndef board_banner(actor):\n    return None\n")
    assert loaded("orchard").found["orchard"].standing == "on"


def test_every_hook_is_known_with_its_arguments():
    assert known_hooks()["board_banner"] == ("board", "actor")


@pytest.mark.parametrize(
    ("given", "joint", "fits"),
    [("entropy", "_", True), ("entropy_run", "_", True), ("entropyrun", "_", False), ("entropy.sweep", ".", True)],
)
def test_a_name_is_carried_whole(given, joint, fits):
    assert carries(given, "entropy", joint=joint) is fits


def test_no_plugin_can_take_what_the_host_uses(app):
    models = [mapper for mapper in Base.registry.mappers if mapper.class_.__module__.startswith("host.")]
    tables = {mapper.local_table.name.partition("_")[0] for mapper in models}
    addresses = {rule.rule.split("/")[1] for rule in app.url_map.iter_rules()}
    blueprints = {name.partition("_")[0] for name in app.blueprints}
    templates = {name.partition("/")[0] for name in app.jinja_env.list_templates() if "/" in name}
    used = {name for name in {*COMMANDS} | tables | addresses | blueprints | templates if NAME.fullmatch(name)}
    assert used - RESERVED == set()
