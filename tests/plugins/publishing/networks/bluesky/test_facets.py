"""Facets, by hand from the rules of Bluesky's own app: the bytes are counted by eye, not by our code."""

import pytest

from plugins.publishing.networks.bluesky.facets import facets, stretches

ADA = {"ada.bsky.social": "did:plc:ada", "odile.test": "did:plc:odile"}

# (text, [(first byte, byte after the last, what it is)])
LINKS = [
    ("https://example.com", [(0, 19, "https://example.com")]),
    ("See https://example.com/tea?a=b#c now", [(4, 33, "https://example.com/tea?a=b#c")]),
    ("See http://localhost:8080/x", [(4, 27, "http://localhost:8080/x")]),
    # Without a scheme it needs an end that exists, and starts as a name does.
    ("See example.com", [(4, 15, "https://example.com")]),
    ("example.com/tea and a.co.uk", [(0, 15, "https://example.com/tea"), (20, 27, "https://a.co.uk")]),
    ("Example.com:80", [(0, 14, "https://Example.com:80")]),
    ("httpbin.org is a name, too", [(0, 11, "https://httpbin.org")]),
    ("kettle.notaname", []),
    ("EXAMPLE.COM", []),
    ("1example.com", []),
    ("e.g. tea, i.e. a cup", []),
    ("ada@example.com", []),
    ("my-kettle.com", []),
    ("see:example.com", []),
    # One sign that ends the sentence is not its own, and no parenthesis that it did not open.
    ("Is it example.com?", [(6, 17, "https://example.com")]),
    ("https://example.com/a,b.", [(0, 23, "https://example.com/a,b")]),
    ("https://example.com!!", [(0, 20, "https://example.com!")]),
    ("(https://example.com)", [(1, 20, "https://example.com")]),
    ("(https://example.com).", [(1, 20, "https://example.com")]),
    ("https://example.com/a_(b)", [(0, 25, "https://example.com/a_(b)")]),
    ("(example.com)", [(1, 12, "https://example.com")]),
    # What is left has to be an address.
    ("https://", []),
    ("https://.", []),
    ("https:// example", []),
    ("HTTPS://example.com", [(0, 19, "HTTPS://example.com")]),
    # Bytes, not characters: ü has 2, 字 3, 🫖 4, e with a mark of its own 3, a family 25.
    ("ü example.com", [(3, 14, "https://example.com")]),
    ("字 example.com", [(4, 15, "https://example.com")]),
    ("🫖 example.com", [(5, 16, "https://example.com")]),
    ("e\u0301 example.com", [(4, 15, "https://example.com")]),
    ("👨‍👩‍👧‍👦 example.com", [(26, 37, "https://example.com")]),
    ("https://example.com/ü字🫖 x", [(0, 29, "https://example.com/ü字🫖")]),
    ("a\nexample.com\nb", [(2, 13, "https://example.com")]),
]

TAGS = [
    ("#tea", [(0, 4, "tea")]),
    ("a #tea, #time.", [(2, 6, "tea"), (8, 13, "time")]),
    ("＃紅茶 x", [(0, 9, "紅茶")]),
    ("#2026tea", [(0, 8, "2026tea")]),
    ("#tea_time-now", [(0, 13, "tea_time-now")]),
    ("#🫖", [(0, 5, "🫖")]),
    ("ü #tea", [(3, 7, "tea")]),
    ("#te\u0301a", [(0, 6, "te\u0301a")]),
    ("a\n#tea", [(2, 6, "tea")]),
    ("#1", []),
    ("#1/2", []),
    ("# tea", []),
    ("#", []),
    ("#...", []),
    ("a#tea", []),
    ("(#tea)", []),
    ("#️⃣ keycap", []),
    ("#\u200btea", []),
    ("#" + "x" * 64, [(0, 65, "x" * 64)]),
    ("#" + "x" * 65, []),
    ("#x" + "\u0301" * 319, [(0, 640, "x" + "\u0301" * 319)]),  # 639 bytes
    ("#x" + "\u0301" * 320, []),
    # A sign without a width ends it, even within a family.
    ("#👨‍👩‍👧‍👦", [(0, 5, "👨")]),
]

MENTIONS = [
    ("@ada.bsky.social", [(0, 16, "did:plc:ada")]),
    ("Hi @ada.bsky.social, @odile.test.", [(3, 19, "did:plc:ada"), (21, 32, "did:plc:odile")]),
    ("(@ada.bsky.social)", [(1, 17, "did:plc:ada")]),
    ("@Ada.BSKY.social", [(0, 16, "did:plc:ada")]),
    ("🫖 @ada.bsky.social", [(5, 21, "did:plc:ada")]),
    ("@ada.bsky.socialé", [(0, 16, "did:plc:ada")]),
    # Where a link holds it already, it is the link's.
    ("https://example.com/(@ada.bsky.social)", [(0, 38, "https://example.com/(@ada.bsky.social)")]),
    ("@nobody.bsky.social", []),
    ("@ada", []),
    ("a@ada.bsky.social", []),
    ("@ada.bsky.social_x", []),
    ("@ada..bsky.social", []),
    ("@@ada.bsky.social", []),
    ("@ada@mastodon.social", []),
]


def told(text: str) -> list[tuple[int, int, str]]:
    found = []
    for facet in facets(text, ADA):
        index, [feature] = facet["index"], facet["features"]
        value = next(value for name, value in feature.items() if name != "$type")
        found.append((index["byteStart"], index["byteEnd"], value))
    return found


@pytest.mark.parametrize(("text", "expected"), LINKS)
def test_links(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(("text", "expected"), TAGS)
def test_tags(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(("text", "expected"), MENTIONS)
def test_mentions(text, expected):
    assert told(text) == expected


def test_each_kind_in_its_own_words():
    assert facets("@ada.bsky.social #tea example.com", ADA) == [
        {
            "index": {"byteStart": 0, "byteEnd": 16},
            "features": [{"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:ada"}],
        },
        {
            "index": {"byteStart": 17, "byteEnd": 21},
            "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "tea"}],
        },
        {
            "index": {"byteStart": 22, "byteEnd": 33},
            "features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://example.com"}],
        },
    ]


def test_what_people_read_is_cut_by_the_bytes():
    text = "🫖 @ada.bsky.social: e\u0301 #紅茶, example.com!"
    assert stretches(text, facets(text, ADA)) == [
        ("🫖 ", ""),
        ("@ada.bsky.social", "https://bsky.app/profile/did:plc:ada"),
        (": e\u0301 ", ""),
        ("#紅茶", "https://bsky.app/hashtag/%E7%B4%85%E8%8C%B6"),
        (", ", ""),
        ("example.com", "https://example.com"),
        ("!", ""),
    ]


def test_a_long_text_does_not_take_long():
    assert facets("@a.b " * 5000 + "#" * 5000 + " " + "a." * 5000, {}) == []
