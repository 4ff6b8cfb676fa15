"""The port of the desktop program stays the same from start to start."""

import socket

import pytest

from host import Fault
from host.config import PORT, Config
from host.desktop.port import listen_where_last


@pytest.fixture
def config(data):
    data.mkdir()
    return Config(data=data)


@pytest.fixture
def usual_port_taken():
    """By us, unless somebody has it anyway."""
    try:
        with socket.create_server(("127.0.0.1", PORT)):
            yield
    except OSError:
        yield


def port_of(config: Config) -> int:
    with listen_where_last(config) as sock:
        port: int = sock.getsockname()[1]
        return port


def test_a_free_port_is_kept_for_the_next_start(config, usual_port_taken):
    first = port_of(config)
    assert first != PORT
    assert (config.data / "port").read_text() == f"{first}\n"
    assert port_of(config) == first


def test_when_the_kept_one_is_taken_another_is_found_and_kept(config, usual_port_taken):
    with listen_where_last(config) as sock:
        second = port_of(config)
        assert second != sock.getsockname()[1]
    assert port_of(config) == second


@pytest.mark.parametrize("spoilt", ["", "seven", "0", "70000", "-1"])
def test_a_spoilt_note_is_as_good_as_none(config, usual_port_taken, spoilt):
    (config.data / "port").write_text(spoilt)
    assert port_of(config) > 1023


def test_a_port_that_was_asked_for_is_taken_or_nothing(config):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        wanted = Config(data=config.data, port=taken.getsockname()[1])
        with pytest.raises(Fault, match="in use"):
            listen_where_last(wanted)
    assert port_of(wanted) == wanted.port
    assert not (config.data / "port").exists()
