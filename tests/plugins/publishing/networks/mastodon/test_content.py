"""Whether a status says what was sent, read from the HTML that a server made of it."""

import pytest

from plugins.publishing.networks.mastodon.content import same_text
from tests.peers.mastodon_status import shown

TEXTS = [
    "The kettle is on.",
    "One\n\nTwo\nthree\n\n\nfour",
    "Tea & biscuits < 3 > 2 \"quoted\" 'so'",
    "See https://example.com/a/very/long/path/that/is/cut?with=this&and=that#there, and go",
    "@ada@mastodon.example and @ben, #TeaTime #2026tea",
    "@ada@nowhere.example is nobody, @ada@mastodon.example is",
    "  blanks   around\tand within ",
    "Caf\u0065\u0301 🫖",
    "&amp; is an entity",
]


@pytest.mark.parametrize("text", TEXTS)
def test_what_the_server_made_of_it_is_the_same(text):
    assert same_text(shown(text), text)


@pytest.mark.parametrize(
    "other",
    [
        "The kettle is off.",
        "The kettle is on",
        "The kettle is on. https://example.com",
        "",
        "#kettle The kettle is on.",
    ],
)
def test_another_text_is_not(other):
    assert not same_text(shown(other), "The kettle is on.")


def test_the_links_address_counts_not_how_it_is_shown():
    assert not same_text('<p><a href="https://b.example/tea">https://a.example/tea</a></p>', "https://a.example/tea")


@pytest.mark.parametrize("broken", ["<p>Tea", "<<<", "<a href>Tea</a>", "<p class=>Tea</p", "\x00"])
def test_broken_html_is_read_as_far_as_it_goes(broken):
    assert same_text(broken, "nothing of the kind") is False
