"""From httpx to httpcore and back, with everything that the other side may do to us held in bounds."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpcore
import httpx
from flask import has_request_context

from host.db import db
from host.outgoing.address import require_fit
from host.outgoing.body import TooMany, limited, unpacked
from host.outgoing.faults import BrokenOff, TooLarge

GZIP = ("gzip", "x-gzip")
PLAIN = ("", "identity")
SPENT = (b"content-encoding", b"content-length")  # of a body that was unpacked already


class GuardedTransport(httpx.BaseTransport):
    def __init__(self, pool: httpcore.ConnectionPool, *, most_bytes: int) -> None:
        self._pool = pool
        self._most_bytes = most_bytes

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Raises OutgoingFault, and RuntimeError where nothing may be sent (law 8)."""
        require_outside()
        require_fit(request.url)
        with _as_faults(request.url.host):
            answer = self._pool.handle_request(_for_httpcore(request))
        packing = httpx.Headers(answer.headers).get("content-encoding", "").strip().lower()
        headers = [(name, value) for name, value in answer.headers if packing in PLAIN or name.lower() not in SPENT]
        body = GuardedBody(answer, request.url.host, packing, self._most_bytes)
        return httpx.Response(answer.status, headers=headers, stream=body, extensions=answer.extensions)

    def close(self) -> None:
        self._pool.close()


class GuardedBody(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response, host: str, packing: str, most_bytes: int) -> None:
        self._answer = answer
        self._host = host
        self._packing = packing
        self._most_bytes = most_bytes

    def __iter__(self) -> Iterator[bytes]:
        with _as_faults(self._host):
            yield from limited(self._parts(), self._most_bytes)

    def close(self) -> None:
        self._answer.close()

    def _parts(self) -> Iterator[bytes]:
        if self._packing in PLAIN:
            return self._answer.iter_stream()
        if self._packing in GZIP:  # we did not ask for it; some send it nevertheless
            return unpacked(limited(self._answer.iter_stream(), self._most_bytes), self._most_bytes)
        raise httpcore.RemoteProtocolError(f"packed in {self._packing}")


def require_outside() -> None:
    """Raises RuntimeError inside a request or a transaction: others would wait for the other side's answer, and a send
    whose transaction is taken back has happened all the same."""
    if has_request_context():
        raise RuntimeError("nothing is sent from inside a request: schedule a job")
    if db.session().in_transaction():
        raise RuntimeError("nothing is sent inside a transaction: read what is needed, call checkpoint(), then send")


def _for_httpcore(request: httpx.Request) -> httpcore.Request:
    url = request.url
    assert isinstance(request.stream, httpx.SyncByteStream)  # noqa: S101 -- narrows the type
    return httpcore.Request(
        request.method,
        httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=request.headers.raw,
        content=request.stream,
    )


@contextmanager
def _as_faults(host: str) -> Iterator[None]:
    try:
        yield
    except TooMany as error:
        raise TooLarge(host) from error
    except httpcore.LocalProtocolError as error:  # the caller's, such as a line break in a header
        raise httpx.LocalProtocolError(str(error)) from error
    except (httpcore.RemoteProtocolError, httpcore.NetworkError) as error:
        raise BrokenOff(host) from error
