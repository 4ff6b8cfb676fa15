"""A space's marks on its links."""

import pytest

from plugins.publishing.links import tagged

TEMPLATE = "utm_source={network}&utm_medium=social"


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("No link", "No link"),
        ("https://a.example", "https://a.example?utm_source=x&utm_medium=social"),
        ("See https://a.example/b?c=d#e.", "See https://a.example/b?c=d&utm_source=x&utm_medium=social#e."),
        ("(https://a.example/b)", "(https://a.example/b?utm_source=x&utm_medium=social)"),
        ("https://a.example/?utm_source=mine", "https://a.example/?utm_source=mine&utm_medium=social"),
        ("https://a.example/?q=%C3%A9&r=", "https://a.example/?q=%C3%A9&r=&utm_source=x&utm_medium=social"),
    ],
)
def test_each_link_gets_what_it_does_not_have(text, becomes):
    assert tagged(text, TEMPLATE, "x") == becomes


def test_without_a_template_nothing_is_changed():
    assert tagged("https://a.example", "", "x") == "https://a.example"
