"""Texts for people."""

import pytest

from host.i18n import _, ngettext


def test_placeholders_are_filled_where_there_are_values():
    assert _("A card has at most %(n)s assignees.", n=100) == "A card has at most 100 assignees."
    assert _("%(name)s says 100 %%", name="Ada") == "Ada says 100 %"
    assert _("100 % done") == "100 % done"


@pytest.mark.parametrize(("n", "text"), [(0, "0 cards"), (1, "a card"), (2, "2 cards"), (12_000, "12,000 cards")])
def test_a_number_takes_its_form_and_is_grouped(n, text):
    assert ngettext("a card", "%(n)s cards", n) == text


def test_a_number_beside_other_values():
    assert ngettext("%(n)s of %(all)s", "%(n)s of %(all)s", 2, all="9") == "2 of 9"
