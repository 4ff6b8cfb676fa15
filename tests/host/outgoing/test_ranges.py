"""Which addresses are public, and what an admin's word changes."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.outgoing.ranges import NOT_PUBLIC, may_reach

CLOSED = [
    "0.0.0.0", "0.1.2.3", "10.0.0.0", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255",
    "127.0.0.1", "127.255.255.254", "168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192",
    "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1", "198.19.255.255", "198.51.100.7",
    "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:8.8.8.8", "64:ff9b:1::808:808",
    "64:ff9b:1:ffff::1", "100::1", "200::1", "400::1", "800::1", "1000::1", "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:2::1", "2001:10::1", "2001:1ff:ffff::1", "2001:db8::1", "2002:808:808::1", "3fff::1", "3fff:fff::1",
    "4000::1", "5f00::1", "8000::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b::a00:1",
]  # fmt: skip
OPEN = [
    "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
    "168.63.129.15", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255",
    "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255",
    "2000::1", "2001:200::1", "2001:4860:4860::8888", "2003::1", "2606:4700:4700::1111", "3ffe::1", "64:ff9b::808:808",
]  # fmt: skip


@pytest.mark.parametrize("address", CLOSED)
def test_nothing_is_sent_to_what_is_not_public(address):
    assert not may_reach(address)


@pytest.mark.parametrize("address", OPEN)
def test_what_is_public_may_be_reached(address):
    assert may_reach(address)


@pytest.mark.parametrize("row", NOT_PUBLIC)
def test_each_row_of_the_table_is_tried_above(row):
    network = ip_network(row)
    assert [each for each in CLOSED if ip_address(each.partition("%")[0]) in network]
    assert not may_reach(str(network[0]))
    assert not may_reach(str(network[-1]))


@pytest.mark.parametrize(
    ("range_", "address"),
    [
        ("10.0.0.0/8", "10.1.2.3"),
        ("127.0.0.1", "127.0.0.1"),
        ("::1", "::1"),
        ("fd00::/8", "fd00::5"),
        ("fe80::/10", "fe80::1%eth0"),
        ("10.0.0.0/8", "64:ff9b::a00:1"),
    ],
)
def test_an_admin_opens_a_range(range_, address):
    assert may_reach(address, [ip_network("192.168.0.0/16"), ip_network(range_)])
    assert not may_reach(address, [ip_network("192.168.0.0/16"), ip_network("2001:db8::/32")])


@pytest.mark.parametrize(
    ("range_", "address"),
    [
        ("2002::/16", "2002:7f00:1::1"),
        ("::ffff:0:0/96", "::ffff:127.0.0.1"),
        ("::/96", "::127.0.0.1"),
        ("::ffff:0:0:0/96", "::ffff:0:127.0.0.1"),
        ("2001::/32", "2001:0:7f00:1::f7f7:f7f7"),  # Teredo by a server on this machine
        ("2001::/32", "2001:0:808:808::80ff:fffe"),  # and for a client on it: 127.0.0.1, its bits turned
    ],
)
def test_a_tunnel_that_an_admin_opens_does_not_lead_to_what_stays_closed(range_, address):
    assert not may_reach(address, [ip_network(range_)])
    assert may_reach(address, [ip_network(range_), ip_network("127.0.0.0/8")])


@given(st.one_of(st.integers(0, 2**32 - 1).map(IPv4Address), st.integers(0, 2**128 - 1).map(IPv6Address)))
def test_whatever_is_let_through_is_global_for_python_too(address):
    assert address.is_global or not may_reach(str(address))
