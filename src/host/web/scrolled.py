"""How far somebody has scrolled down the columns of the board on their screen: as many cards are drawn again, or who
does something to the fortieth card would be back at the first."""

from collections.abc import Mapping

from flask import has_request_context, request

FURTHEST = 250  # cards of a column that are drawn at once


def scrolled() -> Mapping[str, int]:
    """Cards by the keys of their columns, as the board's script counts them. What means nothing is let be, and a board
    that is drawn for no screen is not scrolled."""
    if not has_request_context():
        return {}
    parts = (part.partition("=") for part in request.headers.get("X-Scrolled", "").split(","))
    counted = ((key, count) for key, _between, count in parts if count.isascii() and count.isdigit())
    return {key: min(int(count[:6]), FURTHEST) for key, count in counted}
