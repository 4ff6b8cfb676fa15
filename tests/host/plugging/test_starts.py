"""Real starts of the whole program with plugins that keep it from starting."""

import json

import pytest

from host.plugging.state import State
from tests.programs import begin, get, run

DIES = "import os\nos._exit(7)"  # no guard in the process could catch this


@pytest.fixture
def serve(data):
    """serve(): the program, with the plugin orchard or others."""
    begun = []

    def start(plugins="orchard"):
        begun.append(begin("serve", "--port", "0", data=data, number=len(begun), FALLOW_PLUGINS=plugins))
        return begun[-1]

    yield start
    for program in begun:
        program.process.kill()
        program.process.wait()


def test_the_third_start_after_two_deaths_is_in_safe_mode_and_answers(serve, plant, data):
    plant("orchard", DIES)
    assert [serve().ended(), serve().ended()] == [7, 7]
    third = serve()
    with get(f"{third.base}/healthz") as answer:
        assert answer.status == 200
    assert third.stop() == 0
    assert run("plugins", "disable", "orchard", data=data).returncode == 0
    assert serve().ended() == 7  # FALLOW_PLUGINS asks for it; and the count began anew
    assert State.read(data).starting == 1


BROKEN = {
    "alder": "import avif_encoder",
    "beech": "raise SystemExit(3)",
    "cedar": "del PLUGIN",
    "elder": "@hookimpl\ndef board_baner(): pass",
}


def test_a_broken_plugin_of_each_kind_is_named_and_the_program_runs(serve, plant, orchard, data):
    for name, source in BROKEN.items():
        plant(name, source)
    (data / "plugins" / "orchard" / "migrations" / "orchard_0001.py").write_text("raise ValueError('dry')")
    program = serve(",".join([*BROKEN, "orchard"]))
    with get(f"{program.base}/healthz") as answer:
        assert answer.status == 200
    assert program.stop() == 0
    for name in (*BROKEN, "orchard"):
        assert f"fallow plugins check {name}" in program.complained
    assert "Traceback" not in program.complained


def test_an_orderly_end_counts_as_a_start(serve, plant, data):
    program = serve()
    assert program.base
    assert program.stop() == 0
    assert State.read(data).starting == 0


def test_a_start_that_ends_with_a_word_is_not_held_against_plugins(data):
    (data / "fallow.db").mkdir(parents=True)
    assert run("serve", "--port", "0", data=data).returncode == 1
    assert State.read(data).starting == 0


def test_safe_mode_can_be_asked_for(plant, data):
    plant("orchard", DIES)
    listed = run("--safe", "plugins", "list", "--json", data=data, FALLOW_PLUGINS="orchard")
    assert {each["name"]: each["state"] for each in json.loads(listed.stdout)}["orchard"] == "off"
