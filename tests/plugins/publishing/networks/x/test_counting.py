"""The weights of X, by the official vectors of twitter-text and by its rules."""

import hashlib
from pathlib import Path

import pytest
import yaml

from plugins.publishing.networks.x.counting import MOST, SECOND, THIRD, weight
from plugins.publishing.networks.x.domains import LIST, endings

ROOT = Path(__file__).resolve().parents[5]
OFFICIAL = yaml.safe_load((ROOT / "tests" / "data" / "twitter-text" / "validate.yml").read_text())["tests"]
RULES = {
    "WeightedTweetsCounterTest": SECOND,
    "WeightedTweetsWithDiscountedEmojiCounterTest": THIRD,
    "UnicodeDirectionalMarkerCounterTest": THIRD,
}
VECTORS = [
    pytest.param(RULES[name], vector, id=f"{name}-{number}")
    for name, vectors in OFFICIAL.items()
    for number, vector in enumerate(vectors, 1)
]
FORBIDDEN = "\ufffe\uffff"  # X takes no text with these, whatever its length


def test_all_official_lists_are_here():
    assert {name: len(vectors) for name, vectors in OFFICIAL.items()} == {
        "WeightedTweetsCounterTest": 20,
        "WeightedTweetsWithDiscountedEmojiCounterTest": 22,
        "UnicodeDirectionalMarkerCounterTest": 2,
    }


@pytest.mark.parametrize(("rules", "vector"), VECTORS)
def test_official_vector(rules, vector):
    text, expected = vector["text"], vector["expected"]
    found = weight(text, rules)
    assert found == expected["weightedLength"]
    assert found * 1000 // MOST == expected["permillage"]
    assert (found <= MOST and not set(FORBIDDEN) & set(text)) is expected["valid"]


@pytest.mark.parametrize(
    ("text", "weighs"),
    [
        ("", 0),
        ("a" * 280, 280),
        ("grüße", 5),
        ("東京", 4),
        ("see example.com/a?b=c", 27),  # a bare name is an address where its ending exists
        ("see example.invalid", 19),
        ("see readme.txt", 14),
        ("see x.example.community.", 28),  # the full stop is none of it
        ("mail ada@example.org", 20),  # what stands behind an @ is none
        ("#example.com", 12),
        ("(https://example.org/a_(b))", 25),
        ("https://example.org/a,https://example.org/b", 23),
        ("https://例え.jp/道", 25),  # a path is Latin or Cyrillic
        ("東京example.com東京", 31),  # a name may stand within a text without blanks
        ("http://localhost/a", 18),
        ("https://t.co/abc/def", 27),  # what follows the short form is text
        ("ftp://example.com", 17),
        ("1️⃣", 2),
        ("©", 1),
        ("©️", 2),
        ("🇩🇪🇫🇷", 4),
        ("🇩", 2),
        ("👍🏽", 2),
        ("🐦‍🔥", 2),  # younger than the rules
        ("❤️‍🩹", 2),
        ("☺︎", 4),  # told to be drawn as text
        ("e\u0301", 1),
    ],
)
def test_a_text_weighs(text, weighs):
    assert weight(text) == weighs


def test_a_long_text_without_blanks_is_counted_to_its_end():
    """Reading it once for each of its characters would take hours."""
    assert weight("東" * 20_000 + ".") == 40_001
    assert weight("a.b-" * 5_000) == 20_000
    assert weight("https://example.org/" + "(" * 20_000) == 23 + 20_000


def test_the_list_of_endings_is_the_one_that_is_written_down():
    print_ = hashlib.sha256(LIST.read_bytes()).hexdigest()
    assert f"{print_}  top-level-domains.txt" in (ROOT / "docs" / "dependencies.md").read_text()
    assert {"com", "рф", "xn--p1ai", "پاکستان"} <= endings()
    assert len(endings()) > 1400
