"""The length of a status, by the rules of Mastodon's own validator."""

import pytest

from plugins.publishing.networks.mastodon import PLATFORM
from plugins.publishing.networks.mastodon.counting import length

LONG = "a" * 100

VECTORS = [
    ("", 0),
    ("The kettle is on.", 17),
    # What people take for one character is one.
    ("👨‍👩‍👧‍👦", 1),
    ("🏳️‍🌈", 1),
    ("e\u0301", 1),
    ("क्षि", 1),
    ("\r\n", 1),
    # A link is 23, short or long, with what belongs to it.
    (f"https://example.com/{LONG}", 23),
    ("http://a.io", 23),
    ("HTTPS://EXAMPLE.COM/TEA", 23),
    (f"https://example.com:8080/{LONG}?b={LONG}#c", 23),
    ("https://пример.рф/чай", 23),
    ("https://xn--e1afmkfd.xn--p1ai/tea", 23),
    ("https://example.com/a_(b_(c))", 23),
    # What ends the sentence is not the link's.
    (f"See https://example.com/{LONG}.", 28),
    (f"(https://example.com/{LONG})", 25),
    ("https://example.com?q=1!", 24),
    # Without a scheme, a name that exists, or a beginning it is none.
    (f"example.com/{LONG}", 112),
    ("https://kettle.notaname/x", 25),
    ("https://localhost/kettle", 24),
    (f"xhttps://example.com/{LONG}", 121),
    # A mention is its local part, wherever its account lives.
    ("@ada", 4),
    ("@ada@mastodon.example", 4),
    ("@ada@mastodon.example, tea?", 10),
    ("Hi @a.da-b@tea.pot.example!", 11),
    # An address of mail is none, and nor is what is part of a link.
    ("ada@mastodon.example", 20),
    ("https://example.com/@ada@mastodon.example", 23),
    ("@ada@mastodon.example@", 22),
]


@pytest.mark.parametrize(("text", "expected"), VECTORS)
def test_length(text, expected):
    assert length(text, 23) == expected


def test_a_link_takes_what_the_server_reserves():
    assert length("https://example.com/tea", 30) == 30


def test_the_content_warning_counts_with_the_text():
    assert length("Tea.", 23, warning="Steam") == 9


@pytest.mark.parametrize("text", ["https://e.io/" + "(" * 5000, "https://" + "a." * 5000, "@a.b-" * 4000])
def test_no_text_takes_long(text):
    """Or rather: not for ever, which it would by a rule that tries all ways to read it."""
    assert length(text, 23) > 0


def test_the_room_is_the_servers():
    assert PLATFORM.room("tea", {}).most == 500
    assert PLATFORM.room("tea", {"max_characters": 5000}).most == 5000
    assert PLATFORM.room("x" * 501, {}).over
    assert not PLATFORM.room("x" * 500, {}).over


@pytest.mark.parametrize("lie", [-1, 0, "many", None, True, 3.5])
def test_a_server_that_says_nonsense_has_the_usual_room(lie):
    assert PLATFORM.room("tea", {"max_characters": lie}).most == 500
