"""Asking other machines: a whole request, and what is refused before anybody is asked."""

import gzip
import logging

import httpx
import pytest

from host import AddressRefused, checked_url, db, http_client
from host.models import User
from tests.http_server import answer

pytestmark = pytest.mark.sqlite_only("no database is asked")


def test_a_request_and_its_answer(client, http_server):
    server = http_server(answer(201, b'{"id": 7}', content_type="application/json"))
    got = client.post(server.url("/posts?draft=1"), json={"text": "Grüße"}, headers={"Authorization": "Bearer x"})
    assert (got.status_code, got.json(), got.headers["content-type"]) == (201, {"id": 7}, "application/json")
    [asked] = server.received
    assert (asked.method, asked.path, asked.json) == ("POST", "/posts?draft=1", {"text": "Grüße"})
    assert asked.headers["host"] == f"127.0.0.1:{server.port}"
    assert asked.headers["authorization"] == "Bearer x"
    assert asked.headers["user-agent"].startswith("Fallow/")


def test_no_address_gets_into_the_log(client, http_server, caplog):
    caplog.set_level(logging.DEBUG)
    server = http_server(answer(204))
    client.get(server.url("/hook/a-secret"))
    assert server.received[0].path == "/hook/a-secret"
    assert "a-secret" not in caplog.text


def test_a_large_request_arrives_whole(client, http_server):
    server = http_server(answer(204))
    assert client.put(server.url(), content=b"x" * 5_000_000).status_code == 204
    assert len(server.received[0].body) == 5_000_000


def test_an_answer_can_be_read_bit_by_bit(client, http_server):
    server = http_server(answer(200, b"abc" * 1000))
    with client.stream("GET", server.url()) as got:
        assert got.status_code == 200
        assert b"".join(got.iter_bytes()) == b"abc" * 1000


def test_each_request_has_a_connection_of_its_own(client, http_server):
    server = http_server(answer(200, b"ok"))
    assert [client.get(server.url()).text for _ in range(3)] == ["ok"] * 3
    assert server.connections == 3


def test_a_packed_answer_is_unpacked(client, http_server):
    server = http_server(answer(200, gzip.compress(b"words " * 9), content_encoding="gzip"))
    assert client.get(server.url()).content == b"words " * 9


def test_no_redirect_is_followed(client, http_server):
    elsewhere = http_server(answer(200))
    server = http_server(answer(302, location=elsewhere.url()))
    assert client.get(server.url()).status_code == 302
    assert elsewhere.connections == 0


def test_a_redirect_that_a_caller_follows_is_checked_as_well(client, http_server):
    closed = http_server(answer(200), address="127.0.0.2")
    server = http_server(answer(302, location=closed.url()))
    with pytest.raises(AddressRefused):
        client.get(server.url(), follow_redirects=True)
    assert closed.connections == 0


def test_no_proxy_is_taken_from_the_environment(client, http_server, monkeypatch):
    proxy, server = http_server(answer(502)), http_server(answer(200))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, proxy.url())
    with http_client() as another:
        assert another.get(server.url()).status_code == 200
    assert proxy.connections == 0


@pytest.mark.parametrize(
    "url",
    [
        "", "peer.example", "//peer.example", "/path", "ftp://peer.example", "file:///etc/passwd", "javascript:1",
        "http://", "https:///path", "http://:80/", "http://peer.example:port/", "http://[::1", "http://peer\x00.example",
        "http://peer.example/\n", "https://" + "x" * 2000,
    ],
)  # fmt: skip
def test_what_is_no_address_is_one_sentence(client, url):
    for ask in (client.get, checked_url):
        if url.strip() == url or ask is client.get:
            with pytest.raises(AddressRefused, match="An address starts with https"):
                ask(url)


@pytest.mark.parametrize("url", ["http://ada@peer.example", "https://ada:secret@peer.example/", "http://:x@127.0.0.1"])
def test_a_password_has_no_place_in_an_address(client, url):
    for ask in (client.get, checked_url):
        with pytest.raises(AddressRefused, match=r"^Leave the name and the password out") as refused:
            ask(url)
        assert "secret" not in refused.value.message


def test_a_typed_address_is_looked_at_without_asking_anybody(allow, names):
    asked = names()
    assert checked_url(" https://peer.example/hook?a=1 ") == "https://peer.example/hook?a=1"
    assert checked_url("http://bücher.example") == "http://xn--bcher-kva.example"
    for url in ("http://10.0.0.1/", "http://[::1]:8000", "http://[::ffff:8.8.8.8]/"):
        with pytest.raises(AddressRefused, match="not on the public internet"):
            checked_url(url)
    allow("10.0.0.0/8")
    assert checked_url("http://10.0.0.1/") == "http://10.0.0.1/"
    assert asked == []


def test_nothing_is_sent_inside_a_transaction(client, http_server, owner):
    server = http_server()
    db.session.scalars(db.select(User)).all()
    with pytest.raises(RuntimeError, match="inside a transaction"):
        client.get(server.url())
    db.session.commit()
    assert client.get(server.url()).status_code == 200
    assert server.connections == 1


def test_nothing_is_sent_from_inside_a_request(client, http_server, app):
    server = http_server()
    with app.test_request_context("/"), pytest.raises(RuntimeError, match="inside a request"):
        client.get(server.url())
    assert server.connections == 0


def test_a_request_that_is_the_callers_fault_is_no_fault_of_the_other_side(client, http_server):
    with pytest.raises(httpx.LocalProtocolError):
        client.get(http_server().url(), headers={"X-A": "b\r\nX-C: d"})
