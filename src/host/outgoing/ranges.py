"""Which addresses are on the public internet, in one table (IANA's registries of special-purpose addresses)."""

from collections.abc import Collection, Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

NOT_PUBLIC: dict[str, str] = {
    "0.0.0.0/8": "this machine",
    "10.0.0.0/8": "private",
    "100.64.0.0/10": "shared behind a provider's NAT",
    "127.0.0.0/8": "loopback",
    "168.63.129.16/32": "Azure's own services, as its machines see them",
    "169.254.0.0/16": "link-local, where clouds keep their metadata",
    "172.16.0.0/12": "private",
    "192.0.0.0/24": "protocols, and Oracle's metadata",
    "192.0.2.0/24": "documentation",
    "192.88.99.0/24": "6to4 relays",
    "192.168.0.0/16": "private",
    "198.18.0.0/15": "benchmarks",
    "198.51.100.0/24": "documentation",
    "203.0.113.0/24": "documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved, and broadcast",
    # Of IPv6 only 2000::/3 is given out, and not all of it. An IPv4 address in an older wrapping (compatible, mapped,
    # translated) lies in the first; so does NAT64, of which see below.
    "::/8": "loopback, unspecified, IPv4 in IPv6, NAT64 of one's own",
    "100::/8": "discarded",
    "200::/7": "reserved",
    "400::/6": "reserved",
    "800::/5": "reserved",
    "1000::/4": "reserved",
    "2001::/23": "protocols: Teredo, benchmarks, ORCHID",
    "2001:db8::/32": "documentation",
    "2002::/16": "6to4",
    "3fff::/20": "documentation",
    "4000::/2": "reserved, and segment routing",
    "8000::/1": "reserved, unique local, link-local, site-local, multicast",
}
# Where a network has no IPv4 its machines reach the whole IPv4 internet by these, so what lies inside decides.
NAT64 = IPv6Network("64:ff9b::/96")
TRANSLATED, COMPATIBLE = IPv6Network("::ffff:0:0:0/96"), IPv6Network("::/96")

_NOT_PUBLIC = tuple(ip_network(each) for each in NOT_PUBLIC)


def may_reach(address: str, allowed: Collection[Network] = ()) -> bool:
    """Whether something may be sent to this address: it is public or in a range that is allowed, and so is every IPv4
    address that it wraps."""
    return all(_fits(each, allowed) for each in _layers(ip_address(address.partition("%")[0])))


def _fits(address: Address, allowed: Collection[Network]) -> bool:
    return any(address in each for each in allowed) or not any(address in each for each in _NOT_PUBLIC)


def _layers(address: Address) -> Iterator[Address]:
    """The address itself, unless it is only a wrapping, and what it wraps."""
    if isinstance(address, IPv4Address):
        yield address
        return
    if address in NAT64:
        yield _last_four(address)
        return
    yield address
    yield from _wrapped(address)


def _wrapped(address: IPv6Address) -> Iterator[IPv4Address]:
    """Also in a range that an admin allows: a tunnel through it must not lead to where nothing may go."""
    if address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    if address.sixtofour is not None:
        yield address.sixtofour
    if address.teredo is not None:
        yield from address.teredo
    if address in TRANSLATED or (address in COMPATIBLE and int(address) > 1):  # 0 and 1: unspecified and loopback
        yield _last_four(address)


def _last_four(address: IPv6Address) -> IPv4Address:
    return IPv4Address(address.packed[-4:])
