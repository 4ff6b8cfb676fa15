"""Certificates: checked for the name that was typed, on the address that was checked."""

import pytest

from host import http_client
from host.outgoing import NotSecure, TooSlow, Unreachable
from tests.http_server import answer, falls_silent, says

pytestmark = pytest.mark.sqlite_only("no database is asked")


@pytest.fixture
def peer(names):
    """The name of this machine."""
    names(**{"peer.example": [["127.0.0.1"]], "other.example": [["127.0.0.1"]]})
    return "peer.example"


@pytest.fixture
def asked(allow):
    """asked(url): the answer, by a client that was made just now."""
    allow("127.0.0.1/32")

    def ask(url: str):
        with http_client(seconds=3, connect_seconds=2) as client:
            return client.get(url)

    return ask


def test_a_certificate_for_the_name(asked, http_server, trusted, peer):
    server = http_server(answer(200, b"safe"), tls=trusted(peer))
    assert asked(server.url(host=peer)).text == "safe"
    assert server.received[0].headers["host"] == f"{peer}:{server.port}"


def test_the_name_is_said_before_the_certificate_is_shown(asked, http_server, trusted, peer):
    """Or a server of many names could not choose."""
    context = trusted(peer)
    said: list[str] = []
    context.sni_callback = lambda _socket, name, _context: said.append(name)
    asked(http_server(answer(200), tls=context).url(host=peer))
    assert said == [peer]


def test_a_certificate_for_an_address(asked, http_server, trusted):
    assert asked(http_server(answer(200), tls=trusted("127.0.0.1")).url()).status_code == 200


def test_nobody_vouches_for_it(asked, http_server, authority, peer):
    with pytest.raises(NotSecure, match=r"^The certificate of peer\.example is not valid: .*issuer") as refused:
        asked(http_server(answer(200), tls=authority.server(peer)).url(host=peer))
    assert (refused.value.lasting, refused.value.may_have_arrived) == (False, False)


@pytest.mark.parametrize(("name", "expired", "why"), [("other.example", False, "mismatch"), (None, True, "expired")])
def test_it_is_for_another_name_or_too_old(asked, http_server, trusted, peer, name, expired, why):
    with pytest.raises(NotSecure, match=why):
        asked(http_server(answer(200), tls=trusted(name or peer, expired=expired)).url(host=peer))


def test_nothing_was_received_by_who_could_not_show_one(asked, http_server, authority, peer):
    server = http_server(answer(200), tls=authority.server(peer))
    with pytest.raises(NotSecure):
        asked(server.url(host=peer))
    assert server.received == []


def speaks_first(data):
    """Says something before it listens."""
    talk = says(data)
    talk.listens = False
    return talk


def test_it_speaks_no_tls(asked, http_server):
    server = http_server(speaks_first(b"HTTP/1.1 400 Bad Request\r\n\r\n"))
    with pytest.raises(NotSecure, match="offers no secure connection"):
        asked(server.url().replace("http:", "https:"))


def test_it_hangs_up_before_it_is_secure(asked, http_server):
    with pytest.raises((NotSecure, Unreachable)) as gone:
        asked(http_server(speaks_first(b"")).url().replace("http:", "https:"))
    assert not gone.value.may_have_arrived


def test_it_says_nothing_before_it_is_secure(asked, http_server):
    def silent(talk):
        falls_silent(talk)

    silent.listens = False
    with pytest.raises(TooSlow) as late:
        asked(http_server(silent).url().replace("http:", "https:"))
    assert not late.value.may_have_arrived
