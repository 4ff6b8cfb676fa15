"""What people take for one character."""

import pytest

from plugins.publishing.networks.graphemes import graphemes


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", 0), ("tea", 3), ("👨‍👩‍👧‍👦", 1), ("🇩🇪🇫🇷", 2), ("e\u0301", 1), ("क्ष", 1), ("नमस्ते", 3), ("\r\n", 1), ("각", 1)],
)
def test_graphemes(text, expected):
    """As `Intl.Segmenter` of browsers counts them."""
    assert graphemes(text) == expected
