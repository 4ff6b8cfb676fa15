"""The switches, and the count of starts that came to no end."""

import json

import pytest

from host.errors import Fault
from host.plugging.state import FILE, State


@pytest.fixture
def state(tmp_path):
    return State.read(tmp_path)


def test_ours_are_on_and_others_off_until_switched(state):
    assert state.enabled("entropy", first_party=True)
    assert not state.enabled("orchard", first_party=False)


def test_a_switch_is_kept(state, tmp_path):
    state.switch_on(["orchard"])
    state.switch_off(["entropy"])
    kept = State.read(tmp_path)
    assert kept.enabled("orchard", first_party=False)
    assert not kept.enabled("entropy", first_party=True)


def test_a_switch_can_be_turned_back(state):
    state.switch_off(["entropy"])
    state.switch_on(["entropy"])
    assert state.enabled("entropy", first_party=True)
    assert state.off == set()


def test_two_programs_lose_nothing_of_each_other(state, tmp_path):
    other = State.read(tmp_path)
    state.switch_on(["orchard"])
    other.switch_on(["meadow"])
    state.end_start()
    assert State.read(tmp_path).on == {"orchard", "meadow"}


def test_a_program_sees_what_another_switched(state, tmp_path):
    assert not state.refresh()
    State.read(tmp_path).switch_off(["entropy"])
    assert state.refresh()
    assert state.off == {"entropy"}
    assert not state.refresh()


SPOILT = ["", "{", "[" * 100_000, "[]", "null", '{"on": 3, "off": {"a": 1}, "starting": "x"}', '{"on": [1, ["a"]]}']


@pytest.mark.parametrize("spoilt", SPOILT, ids=lambda spoilt: spoilt[:20])
def test_a_spoilt_file_means_the_defaults(tmp_path, spoilt):
    (tmp_path / FILE).write_text(spoilt)
    state = State.read(tmp_path)
    assert (state.on, state.starting) == (set(), 0)
    state.switch_on(["orchard"])
    assert State.read(tmp_path).on == {"orchard"}


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path):
    (tmp_path / FILE).mkdir()
    with pytest.raises(Fault, match=r"plugins\.json cannot be read: Is a directory\."):
        State.read(tmp_path)


def test_the_third_start_after_two_without_an_end_asks_for_safe_mode(tmp_path):
    assert [State.read(tmp_path).begin_start() for _each in range(3)] == [False, False, True]


def test_a_start_that_ends_is_forgotten(tmp_path):
    for _each in range(5):
        state = State.read(tmp_path)
        assert not state.begin_start()
        state.end_start()


def test_nothing_is_written_that_need_not_be(state, tmp_path):
    state.end_start()
    assert not (tmp_path / FILE).exists()


def test_the_file_can_be_read_by_a_person(state, tmp_path):
    state.switch_off(["entropy"])
    assert json.loads((tmp_path / FILE).read_text()) == {"on": [], "off": ["entropy"], "starting": 0}
