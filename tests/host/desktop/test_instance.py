"""One program for a data folder."""

import json
import os
import socket
import subprocess
import sys

import pytest

from host import Fault
from host.desktop import instance
from host.desktop.instance import Address, Instance, answers

HOLD = """
import sys
from pathlib import Path
from host.desktop.instance import Instance
with Instance(Path(sys.argv[1])) as instance:
    assert instance.take()
    instance.tell("http://127.0.0.1:1")
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other(data):
    """Another process that holds the folder."""
    data.mkdir()
    holding = subprocess.Popen(
        [sys.executable, "-c", HOLD, data], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holding:
        assert holding.stdout.readline() == "held\n"
        yield holding
        holding.kill()


def test_only_one_has_it_and_says_where_it_is(other, data):
    with Instance(data) as second:
        assert not second.take()
        assert second.running() == Address("http://127.0.0.1:1", other.pid)
    assert (data / "instance.json").exists()  # the second one's end is no business of the first


def test_it_is_given_back_at_the_end(data):
    data.mkdir()
    with Instance(data) as first:
        assert first.take()
        first.tell("http://127.0.0.1:1")
        assert json.loads((data / "instance.json").read_text())["pid"] == os.getpid()
    assert not (data / "instance.json").exists()
    with Instance(data) as second:
        assert second.take()


def test_one_that_was_killed_is_in_nobodys_way(other, data):
    other.kill()
    other.wait()
    with Instance(data) as next_one:
        assert next_one.take()
        assert next_one.running() is None  # what the killed one wrote is gone


def test_one_that_does_not_answer_is_not_waited_for_without_end(other, data, monkeypatch):
    monkeypatch.setattr(instance, "PATIENCE", 0)
    with Instance(data) as second:
        assert not second.take()
        with pytest.raises(Fault, match="does not answer"):
            second.answering()


@pytest.mark.parametrize("spoilt", ["", "{}", '{"url": "http://127.0.0.1:1"}', "[]"])
def test_a_spoilt_note_is_as_good_as_none(data, spoilt):
    data.mkdir()
    (data / "instance.json").write_text(spoilt)
    assert Instance(data).running() is None


def test_a_stranger_on_the_port_is_not_taken_for_fallow():
    with socket.create_server(("127.0.0.1", 0)) as sock:
        port = sock.getsockname()[1]
    assert not answers(f"http://127.0.0.1:{port}")


@pytest.mark.sqlite_only("the address has no database")
def test_a_running_fallow_answers(live_server):
    assert answers(live_server)
