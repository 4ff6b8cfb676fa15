"""The address that a person typed, before anybody is asked where it leads."""

from contextlib import suppress

import httpx

from host.i18n import _
from host.outgoing.allowed import allowed_networks
from host.outgoing.faults import AddressRefused
from host.outgoing.ranges import may_reach

LONGEST = 2000


def checked_url(text: str) -> str:
    """The address, without blanks around it, if something may be sent there as far as it shows by itself. It asks
    nobody, so it fits into a form; where a name leads is looked at with each request.

    Raises AddressRefused.
    """
    url = parsed(text.strip())
    require_fit(url)
    with suppress(ValueError):  # a name
        if not may_reach(url.host, allowed_networks()):
            raise not_public(url.host)
    return str(url)


def parsed(text: str) -> httpx.URL:
    """Raises AddressRefused for what is no address."""
    try:
        url = httpx.URL(text)
    except (httpx.InvalidURL, UnicodeError) as error:
        raise _no_address() from error
    if len(text) > LONGEST:
        raise _no_address()
    return url


def require_fit(url: httpx.URL) -> None:
    """Raises AddressRefused unless it is http or https, names a server and says nothing of who asks."""
    if url.scheme not in ("http", "https") or not url.host:
        raise _no_address()
    if url.userinfo:
        raise AddressRefused(_("Leave the name and the password out of the address."))


def not_public(host: str) -> AddressRefused:
    """Without saying where it leads."""
    return AddressRefused(_("%(host)s is not on the public internet, so nothing is sent there.", host=host))


def _no_address() -> AddressRefused:
    return AddressRefused(_("An address starts with https:// or http:// and names a server."))
