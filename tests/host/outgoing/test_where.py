"""Where a request goes: to the address that was checked, and to no other."""

import pytest

from host import AddressRefused, http_client
from host.outgoing import Unknown, Unreachable
from tests.http_server import answer
from tests.redis_server import free_port

pytestmark = pytest.mark.sqlite_only("no database is asked")


def test_a_name_is_asked_for_once_and_the_checked_address_is_the_one_that_is_asked(client, http_server, names):
    """DNS rebinding: a name that leads to a public address when it is checked and to this machine a moment later."""
    server = http_server(answer(200, b"checked"))
    inside = http_server(answer(200, b"inside"), address="127.0.0.2")
    asked = names(**{"peer.example": [["127.0.0.1"], ["127.0.0.2"]]})
    assert client.get(server.url(host="peer.example")).text == "checked"
    assert asked == ["peer.example"]
    assert server.received[0].headers["host"] == f"peer.example:{server.port}"
    with pytest.raises(AddressRefused, match=r"^peer\.example is not on the public internet") as refused:
        client.get(server.url(host="peer.example"))
    assert "127." not in refused.value.message
    assert (refused.value.lasting, refused.value.may_have_arrived) == (True, False)
    assert inside.connections == 0


def test_of_several_addresses_only_those_that_are_allowed_are_tried(client, http_server, names):
    inside = http_server(answer(200, b"inside"), address="127.0.0.2")
    names(**{"peer.example": [["127.0.0.2", "127.0.0.1"]]})
    with pytest.raises(Unreachable, match=r"^No connection to peer\.example could be made\.$") as gone:
        client.get(inside.url(host="peer.example"))
    assert (gone.value.lasting, gone.value.may_have_arrived) == (False, False)
    assert inside.connections == 0


def test_the_next_address_is_tried_where_one_does_not_answer(allow, http_server, names):
    allow("127.0.0.0/8")
    server = http_server(answer(200, b"here"))
    names(**{"peer.example": [["127.0.0.2", "127.0.0.1"]]})
    with http_client() as client:
        assert client.get(server.url(host="peer.example")).text == "here"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "LOCALHOST", "localhost.", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0",
        "[::1]", "[::]", "[::ffff:127.0.0.1]", "[0:0:0:0:0:ffff:7f00:1]", "１２７.0.0.1", "127。0。0。1", "ⓛocalhost",
        "169.254.169.254", "10.0.0.1", "192.168.1.1", "[fe80::1]", "[fd00:ec2::254]", "[64:ff9b::a9fe:a9fe]",
    ],
)  # fmt: skip
def test_however_it_is_spelled_this_machine_and_its_neighbours_are_not_asked(allow, http_server, host):
    allow()
    server = http_server()
    with http_client() as client, pytest.raises((AddressRefused, Unknown)):
        client.get(f"http://{host}:{server.port}/")
    assert server.connections == 0


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "127.1", "127.0.0.1"])
def test_odd_spellings_are_taken_for_what_the_system_takes_them_for(client, http_server, host):
    """Or the test above would pass because nobody knows them."""
    assert client.get(http_server(answer(200, b"here")).url(host=host)).text == "here"


@pytest.mark.parametrize("host", ["no-such-host.invalid", "x" * 64 + ".example", "a..example", "no_such.invalid"])
def test_a_name_that_leads_nowhere(client, host):
    with pytest.raises((Unknown, AddressRefused)) as gone:
        client.get(f"http://{host}/")
    assert not gone.value.may_have_arrived


def test_nobody_listens_there(client):
    with pytest.raises(Unreachable, match="No connection to 127"):
        client.get(f"http://127.0.0.1:{free_port()}/")
