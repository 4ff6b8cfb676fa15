"""The shape of handles, and where words name them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.errors import Invalid
from host.handles import RESERVED, checked_handle, named, plain_handle


@pytest.mark.parametrize(
    ("typed", "handle"),
    [("ada", "ada"), (" @Ada-Field ", "ada-field"), ("7", "7"), ("a-1-b", "a-1-b"), ("x" * 32, "x" * 32)],
)
def test_what_is_typed_becomes_a_handle(typed, handle):
    assert checked_handle(typed) == handle


@pytest.mark.parametrize(
    "typed",
    ["", " ", "@", "x" * 33, "a b", "a_b", "-a", "a-", "a--b", "zoë", "a.b", "a/b", "@@a", "a\nb", "a\x00", "ſ"],
)
def test_what_is_no_handle(typed):
    with pytest.raises(Invalid) as refused:
        checked_handle(typed)
    assert list(refused.value.errors) == ["handle"]


@pytest.mark.parametrize("typed", ["all", "Everyone", "@here", "system", "me"])
def test_some_are_nobodys(typed):
    with pytest.raises(Invalid, match="nobody’s"):
        checked_handle(typed)


@given(st.text(max_size=60))
def test_a_handle_made_from_a_name_may_be_chosen(name):
    handle = plain_handle(name)
    assert handle in RESERVED or checked_handle(handle) == handle


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("@ada", ["ada"]),
        ("ask @ada, then (@ben-2): @cleo's turn… @dot!", ["ada", "ben-2", "cleo", "dot"]),
        ("@ada. @ben; @cleo- @dot--x", ["ada", "ben", "cleo", "dot"]),
        ("“@ada” …@ben", ["ada", "ben"]),
        ("ada@example.org a.b@c @ ada", []),
        ("x/@ada @@ada _@ada é@ada", []),
        ("@ada_b @ada@example.org @adaé @ada-b_c", []),
        ("@ada.example.org @types/node", []),
        ("https://example.org/?by=@ada www.example.org/=@ada (http://x=@ada) @ben", ["ben"]),
        (f"@{'a' * 41} @{'b' * 40}", ["b" * 40]),
    ],
)
def test_where_words_name_somebody(text, handles):
    assert [found["handle"] for found in named(text)] == handles
