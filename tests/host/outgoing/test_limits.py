"""What the other side may do to us, and how soon it ends."""

import gzip
import socket
import zlib
from collections.abc import Iterator
from threading import Event

import pytest

from host import http_client
from host.outgoing import BrokenOff, TooLarge, TooSlow
from tests.http_server import answer, deaf, falls_silent, floods, says, trickles

pytestmark = pytest.mark.sqlite_only("no database is asked")
HEAD = b"HTTP/1.1 200 OK\r\n"


def packed(size: int) -> bytes:
    """So many bytes by gzip, the same in every process: the time of day would be in a test's name."""
    return gzip.compress(bytes(size), mtime=0)


@pytest.fixture
def hasty(allow):
    """It has no patience, and takes little."""
    allow("127.0.0.1/32")
    with http_client(seconds=0.4, connect_seconds=0.3, most_bytes=1000) as client:
        yield client


@pytest.mark.parametrize("slow", [falls_silent, trickles])
def test_a_whole_request_ends_in_time(hasty, http_server, slow):
    """Also where bytes keep coming, each long before a limit for reads."""
    server = http_server(slow)
    with http_client(seconds=0.4) as client, pytest.raises(TooSlow, match="took too long") as late:
        client.get(server.url())
    assert (late.value.lasting, late.value.may_have_arrived) == (False, True)


def test_so_does_the_sending_to_somebody_who_does_not_read(hasty, http_server):
    with pytest.raises(TooSlow) as late:
        hasty.post(http_server(deaf).url(), content=bytes(50_000_000))
    assert late.value.may_have_arrived


def test_so_does_the_reading_of_heads_without_end(hasty, http_server):
    def heads(talk):
        while not talk.over.wait(0.02):
            talk.send(b"HTTP/1.1 100 Continue\r\n\r\n")

    with pytest.raises(TooSlow):
        hasty.get(http_server(heads).url())


def test_a_connection_that_does_not_come_about_was_not_sent_anything(hasty):
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting = [socket.socket() for _ in range(3)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(full.getsockname())
        with pytest.raises(TooSlow) as late:
            hasty.get(f"http://127.0.0.1:{full.getsockname()[1]}/")
        for each in waiting:
            each.close()
    assert not late.value.may_have_arrived


def test_so_does_the_asking_for_a_name(hasty, monkeypatch):
    answer_now = Event()

    def nobody(*_more, **_named):
        answer_now.wait()
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    with pytest.raises(TooSlow, match=r"peer\.example") as late:
        hasty.get("http://peer.example/")
    answer_now.set()
    assert not late.value.may_have_arrived


def test_an_answer_without_end_is_cut_at_the_limit(hasty, http_server):
    with pytest.raises(TooLarge, match="too large") as large:
        hasty.get(http_server(floods).url())
    assert (large.value.lasting, large.value.may_have_arrived) == (True, True)


@pytest.mark.parametrize("size", [0, 999, 1000])
def test_the_limit_itself_is_no_too_much(hasty, http_server, size):
    assert len(hasty.get(http_server(answer(200, bytes(size))).url()).content) == size
    small = answer(200, packed(size), content_encoding="gzip")
    assert len(hasty.get(http_server(small).url()).content) == size


@pytest.mark.parametrize("whole", [b"x" * 1001, packed(1001), packed(900_000)])
def test_one_byte_more_is(hasty, http_server, whole):
    headers = {} if whole.startswith(b"x") else {"content_encoding": "gzip"}
    with pytest.raises(TooLarge):
        hasty.get(http_server(answer(200, whole, **headers)).url())


def test_a_bomb_is_not_unpacked(allow, http_server):
    """A quarter of a gigabyte of nothing, in a quarter of a megabyte."""
    import tracemalloc

    allow("127.0.0.1/32")
    server = http_server(answer(200, b"".join(_bomb(1 << 28)), content_encoding="gzip"))
    tracemalloc.start()
    with http_client(most_bytes=2_000_000) as client, pytest.raises(TooLarge):
        client.get(server.url())
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"hello\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 200",
        b"HTTP/1.1 abc OK\r\n\r\n",
        HEAD + b"X: " + b"x" * 200_000 + b"\r\n\r\n",
        HEAD + b"content-length: 10\r\n\r\nfive",
        HEAD + b"content-length: -1\r\n\r\n",
        HEAD + b"transfer-encoding: chunked\r\n\r\n5\r\nfi",
        HEAD + b"transfer-encoding: chunked\r\n\r\nzz\r\n",
        HEAD + b"content-encoding: gzip\r\ncontent-length: 4\r\n\r\nnone",
        HEAD + b"content-encoding: gzip\r\n\r\n" + packed(100)[:-9],
        HEAD + b"content-encoding: gzip, gzip\r\n\r\n" + gzip.compress(packed(1), mtime=0),
        HEAD + b"content-encoding: br\r\ncontent-length: 1\r\n\r\nx",
    ],
)
def test_an_answer_that_breaks_off_or_is_none(hasty, http_server, said):
    with pytest.raises(BrokenOff, match="broke off or could not be read") as broken:
        hasty.get(http_server(says(said)).url())
    assert (broken.value.lasting, broken.value.may_have_arrived) == (False, True)


def test_a_connection_that_is_reset(hasty, http_server):
    def reset(talk):
        talk.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        talk.connection.close()

    with pytest.raises(BrokenOff):
        hasty.get(http_server(reset).url())


def test_an_early_answer_to_a_large_request_is_heard(allow, http_server):
    """A server that refuses a large body before it has read it says why."""

    def early(talk):
        talk.connection.recv(100)
        talk.send(HEAD.replace(b"200 OK", b"413 No") + b"content-length: 0\r\n\r\n")
        talk.connection.shutdown(socket.SHUT_WR)
        while talk.connection.recv(65536):
            pass

    early.listens = False
    allow("127.0.0.1/32")
    with http_client() as client:
        assert client.post(http_server(early).url(), content=bytes(10_000_000)).status_code == 413


def _bomb(size: int) -> Iterator[bytes]:
    packing = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    for _part in range(size >> 20):
        yield packing.compress(bytes(1 << 20))
    yield packing.flush()
