"""Lists of what is to do, in Markdown."""

import pytest

from host.text import plain, rendered


def boxes(source):
    """Whether each box is ticked, and the words that follow it."""
    lines = [line for line in rendered(source).splitlines() if "<input" in line]
    return [("checked" in line, line.partition("> ")[2].removesuffix("</li>")) for line in lines]


def test_a_box_stands_before_its_words_and_cannot_be_ticked():
    (line,) = [line for line in rendered("- [ ] Oil it").splitlines() if "input" in line]
    assert line == '<li><input type="checkbox" disabled="" aria-label="To do"> Oil it</li>'


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("- [ ] one\n- [x] two\n- [X] three", [(False, "one"), (True, "two"), (True, "three")]),
        ("1. [x] one", [(True, "one")]),
        ("- [ ] **bold** words", [(False, "<strong>bold</strong> words")]),
        ("- [ ] @nobody", [(False, "@nobody")]),
        ("- [ ] #7", [(False, "#7")]),
        ("- one [ ] two", []),
        ("[ ] no list", []),
        ("- [ ]", []),
        ("- [ ]tight", []),
        ("- \\[ ] escaped", []),
        ("- `[ ]` code", []),
        ("- [ ](/cards/1) a link", []),
        ("> [ ] said", []),
    ],
)
def test_only_at_the_head_of_an_item(source, found):
    assert boxes(source) == found


def test_a_loose_list_has_them_too():
    assert rendered("- [ ] one\n\n- [x] two").count("<p><input") == 2


def test_words_alone_have_no_boxes():
    assert plain("- [ ] one\n- [x] two") == "one two"
