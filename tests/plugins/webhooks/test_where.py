"""Where a webhook may lead: each row of the table of what is not public, tried through a webhook."""

from ipaddress import ip_network

import pytest

from host import Invalid
from host.outgoing.ranges import NOT_PUBLIC
from plugins.webhooks.delivery import State
from tests.http_server import answer

pytestmark = pytest.mark.sqlite_only("no database decides this")

WRAPPED = [
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::808:808",
    "2002:7f00:1::1",
    "2001:0:7f00:1::f7f7:f7f7",
    "fd00:ec2::254",
]
ODD_SPELLINGS = ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost", "localhost."]


def first_and_last():
    for row in NOT_PUBLIC:
        network = ip_network(row)
        yield from dict.fromkeys((str(network[0]), str(network[-1])))


def in_url(address):
    return f"http://[{address}]/in" if ":" in address else f"http://{address}/in"


@pytest.mark.parametrize("address", [*first_and_last(), *WRAPPED])
def test_no_webhook_is_made_to_an_address_that_is_not_public(hook, address):
    with pytest.raises(Invalid) as refused:
        hook(url=in_url(address))
    assert "is not on the public internet" in refused.value.errors["url"][0]


@pytest.mark.parametrize("row", NOT_PUBLIC)
def test_nothing_is_sent_to_a_name_that_leads_there(hook, log, card, owner, names, http_server, row):
    address = str(ip_network(row)[-1])
    asked = names(**{"hooks.example": [[(address, 9)]]})
    webhook = hook()
    card.close(owner)
    [delivery] = log(webhook)
    assert asked == ["hooks.example"]
    assert delivery.state is State.WAITING
    assert delivery.attempts[0].reason == "hooks.example is not on the public internet, so nothing is sent there."


@pytest.mark.parametrize("spelling", ODD_SPELLINGS)
def test_other_spellings_of_this_machine_lead_nowhere(hook, log, card, owner, http_server, spelling):
    server = http_server(answer(204))
    try:
        webhook = hook(url=server.url(host=spelling))
    except Invalid:
        webhook = None  # refused where it was typed
    if webhook is not None:
        card.close(owner)
        [delivery] = log(webhook)
        assert delivery.state is State.WAITING
    assert server.connections == 0


def test_a_name_that_changes_its_answer_is_asked_once(hook, log, card, owner, names, receiver, http_server):
    """The first answer is the one that is checked and the one that is connected to."""
    server, inside = receiver(), http_server(answer(204), address="127.0.0.2")
    asked = names(**{"hooks.example": [[("127.0.0.1", server.port)], [("127.0.0.2", inside.port)]]})
    webhook = hook(url=f"http://hooks.example:{server.port}/in")
    card.close(owner)
    [first] = log(webhook)
    assert first.state is State.DELIVERED
    assert asked == ["hooks.example"]
    card.reopen(owner)
    second = log(webhook)[-1]
    assert "public internet" in second.attempts[0].reason
    assert (len(server.received), inside.connections) == (1, 0)


def test_a_range_that_an_admin_opens_may_be_reached(hook, log, card, owner, receiver):
    server = receiver()
    webhook = hook(server)
    card.close(owner)
    assert [each.state for each in log(webhook)] == [State.DELIVERED]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "starts with https://"),
        ("hooks.example/in", "starts with https://"),
        ("ftp://hooks.example", "starts with https://"),
        ("file:///etc/passwd", "starts with https://"),
        ("javascript:alert(1)", "starts with https://"),
        ("https://", "starts with https://"),
        ("https://ada:secret@hooks.example", "Leave the name and the password out"),
        ("http://169.254.169.254/latest/meta-data", "public internet"),
        ("https://hooks.example/" + "x" * 2000, "starts with https://"),
    ],
)
def test_an_address_that_is_none(hook, url, why):
    with pytest.raises(Invalid) as refused:
        hook(url=url)
    assert why in refused.value.errors["url"][0]


def test_blanks_around_it_are_let_be(hook):
    assert hook(url="  https://hooks.example/in \n").url == "https://hooks.example/in"
