"""Numbers of cards in what people write."""

import pytest

from host.text import plain, rendered
from host.text_numbers import MOST_NUMBERS, numbers_in

CARDS = {12: 'Cut the "reeds"', 7: "Oil <b>it</b>"}


@pytest.mark.parametrize(
    "source", ["#12", "see #12.", "(#12)", "**#12**", "#12, #7", "- #12", "@ada #12", "*so*: #12", "a\n#12"]
)
def test_a_known_card_is_a_link(source):
    html = rendered(source, cards=CARDS)
    assert '<a href="/cards/12" title="Cut the &quot;reeds&quot;"' in html
    assert ">#12</a>" in html


@pytest.mark.parametrize(
    "source",
    ["`#12`", "x#12", "##12", "#12x", "&#12;", "\\#12", "[#12](https://a.example)", "#012", "#-12", "/#12", "#13"],
)
def test_other_words_are_no_link_to_a_card(source):
    assert "/cards/" not in rendered(source, cards=CARDS)


def test_titles_are_never_markup():
    assert "<b>" not in rendered("#7", cards=CARDS)


def test_without_knowledge_it_is_what_was_written():
    assert rendered("see #12") == "<p>see #12</p>\n"
    assert plain("see #12 now") == "see #12 now"


def test_a_page_asks_for_so_many_at_most():
    text = " ".join(f"#{number}" for number in range(1, 1000))
    assert len(numbers_in([text])) == MOST_NUMBERS
    assert numbers_in(["#1 and #2", "#2"]) == {1, 2}
    assert numbers_in(["#" + "9" * 30]) == set()
