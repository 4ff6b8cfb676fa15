"""What an author is told at once: whom their words do not reach."""

from flask import flash

from host.mentions import unheard
from host.models import Board


def flash_unheard(markdown: str, board: Board, *, before: str = "") -> None:
    """On the next page, for handles that are nobody's or of people who may not see the board; not for those that stood
    in the text `before`."""
    for sentence in unheard(markdown, board, before=before).sentences:
        flash(sentence)
