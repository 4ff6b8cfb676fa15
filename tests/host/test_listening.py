"""The socket, and what reaches it."""

import socket

import pytest

from host import Fault
from host.config import Config
from host.listening import address, is_loopback, listen, local_address


def test_a_free_port_is_found_on_loopback():
    with listen("127.0.0.1", 0) as sock:
        port = sock.getsockname()[1]
        assert local_address(sock) == address(sock, Config()) == f"http://127.0.0.1:{port}"
        assert is_loopback(sock)
        with pytest.raises(Fault, match=f"Port {port} is in use"):
            listen("127.0.0.1", port)


def test_a_port_can_be_taken_again_at_once():
    """Connections of the last run linger for a minute; a restart must not wait for them."""
    with listen("127.0.0.1", 0) as sock:
        port = sock.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)), sock.accept()[0]:
            pass
    listen("127.0.0.1", port).close()


def test_an_answer_goes_out_at_once():
    """Its last part does not wait until the other side has said that it got the first."""
    with listen("127.0.0.1", 0) as sock, socket.create_connection(sock.getsockname()), sock.accept()[0] as accepted:
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_who_listens_everywhere_is_reached_on_this_machine_by_loopback():
    with listen("0.0.0.0", 0) as sock:
        assert local_address(sock) == f"http://127.0.0.1:{sock.getsockname()[1]}"
        assert not is_loopback(sock)


def test_people_type_the_public_address_where_there_is_one():
    with listen("127.0.0.1", 0) as sock:
        assert address(sock, Config(public_url="https://board.example.org/")) == "https://board.example.org"


def test_an_address_of_the_newer_kind_is_written_in_brackets():
    if not socket.has_ipv6:
        pytest.skip("this Python has no IPv6")
    try:
        sock = listen("::1", 0)
    except Fault:
        pytest.skip("this machine has no IPv6")
    with sock:
        assert local_address(sock).startswith("http://[::1]:")


@pytest.mark.parametrize(("host", "port"), [("no such host", 0), ("192.0.2.1", 0)])
def test_what_cannot_be_listened_on_is_said_in_a_sentence(host, port):
    with pytest.raises(Fault, match=f"Cannot listen on {host}, port {port}: "):
        listen(host, port)


@pytest.mark.parametrize("port", [-1, 65_536, 72_869])
def test_a_port_is_not_taken_for_another(port):
    with pytest.raises(Fault, match=f"up to 65535, not {port}"):
        listen("127.0.0.1", port)
