"""What people type is made fit to be kept, on either database."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from host.db import db
from host.errors import Invalid
from host.models import Account
from host.models.typed import LONGEST_NAME, checked_name, line, paragraphs

ANYTHING = st.text(st.characters(codec=None), max_size=60)  # with halves of characters


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  two\twords\n", "two words"),
        ("a\x00b\x1b[0m", "ab[0m"),
        ("a \x00 b", "a b"),
        ("half \ud800 of one", "half of one"),
        ("one\u2028line", "one line"),
        ("👩‍🌾 مرحبا", "👩‍🌾 مرحبا"),
        ("\x00", ""),
        ("gnp.\u202eevil", "gnp.evil"),
        ("\u200b\u2060 \ufeff\u200f", ""),
        ("می‌خواهم", "می‌خواهم"),
    ],
)
def test_a_line(typed, kept):
    assert line(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("a\r\nb\rc\n", "a\nb\nc\n"), ("a\x00\x07b", "ab"), ("\tcode\n", "\tcode\n"), ("x\udfffy", "xy")],
)
def test_paragraphs(typed, kept):
    assert paragraphs(typed) == kept


@given(ANYTHING)
def test_what_is_kept_stays_as_it_is(typed):
    assert line(line(typed)) == line(typed)
    assert paragraphs(paragraphs(typed)) == paragraphs(typed)
    assert "\n" not in line(typed)
    line(typed).encode()
    paragraphs(typed).encode()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANYTHING)
def test_any_text_comes_back_from_the_database(card, owner, typed):
    card.describe(typed, owner)
    db.session.commit()
    db.session.expire_all()
    assert card.description == paragraphs(typed)


def test_a_name_has_1_to_120_characters():
    assert checked_name(f" {'x' * LONGEST_NAME} ") == "x" * LONGEST_NAME
    for name in ("", " \n", "\x00", "\u200b\u200d", "x" * (LONGEST_NAME + 1)):
        with pytest.raises(Invalid) as refused:
            checked_name(name)
        assert refused.value.errors == {"name": ["A name has 1 to 120 characters."]}


def test_a_space_is_renamed_with_care(account):
    account.rename(" Hay \n meadow ")
    assert account.name == "Hay meadow"
    with pytest.raises(Invalid):
        account.rename(" ")
    with pytest.raises(Invalid):
        Account.open("", owner_name="Ada", email=None)
