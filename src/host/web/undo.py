"""A word at the foot of the next page, with a button that takes back what was just done."""

from flask import flash

UNDO = "undo"  # the category of such a word


def flash_undo(text: str, url: str) -> None:
    """`url` is what the button posts to."""
    flash({"text": text, "url": url}, UNDO)  # type: ignore[arg-type]  # kept in the session as JSON
