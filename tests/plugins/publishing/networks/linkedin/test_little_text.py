"""LinkedIn's markup: by hand from Microsoft's page on little text, and by its inverse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.publishing.networks.linkedin import PLATFORM
from plugins.publishing.networks.linkedin.little_text import escaped, read, visible
from plugins.publishing.platform import Room
from tests.peers.linkedin import little_text

PAGE = "@[Fen & Sons](urn:li:organization:2414183)"


@pytest.mark.parametrize(
    ("text", "wire"),
    [
        ("", ""),
        ("Plain words, “quoted”: 50 % & more!", "Plain words, “quoted”: 50 % & more!"),
        ("Rest (well)", r"Rest \(well\)"),
        ("a\\b", r"a\\b"),
        (r"\(", r"\\\("),
        ("| { } @ [ ] ( ) < > # * _ ~", r"\| \{ \} \@ \[ \] \( \) \< \> \# \* \_ \~"),
        ("ada@example.org", r"ada\@example.org"),
        ("https://example.org/a_(b)#c", r"https://example.org/a\_\(b\)\#c"),
        ("#rest and #Grüße2", "#rest and #Grüße2"),
        ("(#rest)", r"\(#rest\)"),
        ("C# is #1 ##no", r"C\# is \#1 \#\#no"),
        ("#my_tag", r"#my\_tag"),
        ("# rest", r"\# rest"),
        (f"With {PAGE}.", f"With {PAGE}."),
        ("@[No one](urn:li:fish:1)", r"\@\[No one\]\(urn:li:fish:1\)"),
        ("🫖\n\n*tea*", "🫖\n\n\\*tea\\*"),
    ],
)
def test_signs_are_escaped(text, wire):
    assert escaped(text) == wire
    assert little_text(wire) == visible(text)  # nothing is cut off
    assert "".join(shown for shown, _urn in read(wire)) == visible(text)


@given(st.text(alphabet=st.sampled_from("ab1 é🫖\n\\|{}@[]()<>#*_~&/.:")))
def test_whatever_is_written_arrives_whole(text):
    assert little_text(escaped(text)) == visible(text)
    assert "".join(shown for shown, _urn in read(escaped(text))) == visible(text)


def test_what_is_not_escaped_ends_the_text():
    assert "".join(shown for shown, _urn in read("Rest (well)")) == "Rest "
    assert little_text("Rest (well)") == "Rest "


@pytest.mark.parametrize(
    ("text", "room"),
    [
        ("a" * 3000, Room(3000, 3000, wire=3000)),
        ("(" * 1500, Room(1500, 3000, wire=3000)),
        ("🫖" * 2, Room(4, 3000, wire=4)),
        (PAGE, Room(10, 3000, wire=len(PAGE))),
    ],
)
def test_both_lengths_count(text, room):
    assert PLATFORM.room(text, {}) == room
    assert not room.over
    assert PLATFORM.room("(" * 1501, {}).over


def test_what_people_read_is_taken_from_the_bytes(message, login):
    body = PLATFORM.body(message(f"#Rest with {PAGE} (https://example.org/a_b)"), login)
    assert PLATFORM.preview(body).stretches == [
        ("#Rest with ", ""),
        ("Fen & Sons", "https://www.linkedin.com/company/2414183"),
        (" (", ""),
        ("https://example.org/a_b", "https://example.org/a_b"),
        (")", ""),
    ]
