"""The one client for addresses that people type."""

import logging
from importlib.metadata import version
from typing import Any

import httpcore
import httpx

from host.outgoing.address import parsed
from host.outgoing.allowed import allowed_networks
from host.outgoing.network import GuardedNetwork
from host.outgoing.transport import GuardedTransport
from host.outgoing.trust import trust

# For each request it would write the whole address into the log, and that may be a secret, as of a webhook or a bot.
logging.getLogger("httpx").setLevel(logging.WARNING)

SECONDS, CONNECT_SECONDS = 20.0, 7.0
MOST_BYTES = 1_000_000


class GuardedClient(httpx.Client):
    def build_request(self, method: str, url: httpx.URL | str, **more: Any) -> httpx.Request:
        """Raises AddressRefused for what is no address."""
        return super().build_request(method, parsed(url) if isinstance(url, str) else url, **more)


def http_client(
    *, seconds: float = SECONDS, connect_seconds: float = CONNECT_SECONDS, most_bytes: int = MOST_BYTES
) -> httpx.Client:
    """A client for requests to addresses that people type; close it, or use it as `with http_client() as client:`.

    It asks once where a name leads and connects to just that, only if it is public or in `allow_networks`, by http or
    https, with the certificate checked. `seconds` is the time for a whole request with its answer, `connect_seconds`
    the part of it until a connection stands; the answer has at most `most_bytes`, also unpacked. Redirects are not
    followed, and no proxy is taken from the environment.

    Its requests raise OutgoingFault, and RuntimeError inside a request or a transaction: use it in jobs, after
    `checkpoint()` (law 8).
    """
    pool = httpcore.ConnectionPool(
        ssl_context=trust(),
        max_keepalive_connections=0,  # each request a connection of its own, looked up and checked anew
        network_backend=GuardedNetwork(allowed_networks(), seconds, connect_seconds),
    )
    return GuardedClient(
        transport=GuardedTransport(pool, most_bytes=most_bytes),
        trust_env=False,
        headers={"User-Agent": f"Fallow/{version('fallow')}", "Accept-Encoding": "identity", "Connection": "close"},
    )
