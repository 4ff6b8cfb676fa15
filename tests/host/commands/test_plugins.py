"""`fallow plugins`, above all with plugins that are broken."""

import json
import sys

import pytest

from host.plugging.state import State
from tests.host.commands.conftest import refused

ENDS = "raise SystemExit(3)"
DIES = "import os\nos._exit(7)"  # nothing in this process could survive it
FAILING_STEP = """
revision = "orchard_0001"
down_revision = None

def upgrade():
    raise ValueError("the well is dry")
"""


@pytest.fixture
def fallow(fallow, monkeypatch):
    """As the switches stand."""
    monkeypatch.delenv("FALLOW_PLUGINS")
    return fallow


def listed(fallow):
    return {each["name"]: each for each in json.loads(fallow("plugins", "list", "--json").stdout)}


def test_the_list_says_how_each_fares(fallow, plant, data):
    plant("orchard", ENDS)
    plant("meadow")
    State.read(data).switch_on(["orchard", "meadow"])
    found = listed(fallow)
    assert {name: each["state"] for name, each in found.items()} == {
        "backups": "on",
        "cleanup": "on",
        "entropy": "on",
        "meadow": "on",
        "notifications": "on",
        "orchard": "failed",
        "publishing": "on",
        "recurring": "on",
        "webhooks": "on",
    }
    assert found["meadow"]["source"] == "folder"
    assert found["meadow"]["version"] == "1.2"
    assert "board_banner" in found["entropy"]["hooks"]
    assert "tried to end the program" in found["orchard"]["reason"]


def test_the_list_is_a_table_for_people(fallow, plant):
    plant("orchard", ENDS)
    said = fallow("plugins", "list")
    assert said.stdout.splitlines()[0].split() == ["name", "state", "version", "source", "reason"]
    assert said.stderr == ""


@pytest.mark.parametrize("word", ["enable", "disable"])
def test_switching_imports_nothing(fallow, plant, data, word):
    plant("orchard", DIES)
    assert fallow("plugins", word, "orchard").exit_code == 0
    assert "orchard" not in sys.modules
    assert State.read(data).enabled("orchard", first_party=False) is (word == "enable")


def test_ours_can_be_switched_off_before_the_first_start(fallow, data):
    assert fallow("plugins", "disable", "entropy").exit_code == 0
    assert listed(fallow)["entropy"]["state"] == "off"
    assert fallow("plugins", "enable", "entropy").exit_code == 0
    assert listed(fallow)["entropy"]["state"] == "on"


@pytest.mark.parametrize("word", ["enable", "disable", "check"])
def test_a_name_that_is_not_here_is_told_with_the_nearest(fallow, word):
    refused(fallow("plugins", word, "entropi"), "There is no plugin named entropi. Did you mean entropy?")


def test_one_that_is_gone_can_be_switched_off(fallow, data):
    data.mkdir()
    State.read(data).switch_on(["orchard"])
    assert listed(fallow)["orchard"]["source"] == "missing"
    assert fallow("plugins", "disable", "orchard").exit_code == 0
    assert "orchard" not in listed(fallow)


def test_a_check_of_a_good_one_says_what_it_adds(fallow, orchard, data):
    said = fallow("plugins", "check", "orchard")
    assert said.exit_code == 0, said.output
    assert said.stdout.splitlines()[0] == f"Orchard 1.2, from {data / 'plugins'}"
    assert "1 periodic job, 1 command" in said.stdout
    assert "All is well." in said.stdout
    assert not (data / "fallow.db").exists()


def test_a_check_looks_at_one_that_is_off(fallow, plant, data):
    plant("orchard", "1 / 0")
    said = fallow("plugins", "check", "orchard")
    assert said.exit_code == 1
    assert "ZeroDivisionError" in said.stdout
    assert "Give the text below to its author." in said.stdout
    assert "fallow plugins disable orchard" in said.stderr


def test_a_check_tells_each_failure(fallow, plant):
    plant("orchard", "@hookimpl\ndef board_baner(): pass\n@hookimpl\ndef nav_item(): pass\n")
    said = fallow("plugins", "check", "orchard").stdout
    assert "Did you mean board_banner?" in said
    assert "Did you mean nav_items?" in said


def test_a_check_tries_the_migrations(fallow, orchard, data):
    (data / "plugins" / "orchard" / "migrations" / "orchard_0001.py").write_text(FAILING_STEP)
    said = fallow("plugins", "check", "orchard")
    assert said.exit_code == 1
    assert "Its migration would fail: ValueError: the well is dry." in said.stdout


def test_a_check_of_one_that_needs_another_says_so(fallow, plant):
    plant("orchard", "PLUGIN = Plugin('orchard', title='Orchard', requires=['well'])")
    refused_by = fallow("plugins", "check", "orchard")
    assert refused_by.exit_code == 1
    assert "It needs the plugin well, which is off." in refused_by.stderr


def test_a_check_can_be_read_by_a_program(fallow, plant):
    plant("orchard", "import avif_encoder")
    found = json.loads(fallow("--json", "plugins", "check", "orchard").stdout)
    assert found["state"] == "failed"
    assert found["failures"][0]["remedy"].startswith("Install avif_encoder")


def test_safe_mode_starts_none(fallow, plant, data):
    plant("orchard", DIES)
    State.read(data).switch_on(["orchard"])
    assert {each["state"] for each in json.loads(fallow("--safe", "--json", "plugins", "list").stdout)} == {"off"}


def test_a_data_folder_that_cannot_be_written_is_told(fallow, data):
    data.write_text("a file")
    said = fallow("plugins", "disable", "entropy")
    assert said.exit_code == 1
    assert "cannot be written" in said.stderr
