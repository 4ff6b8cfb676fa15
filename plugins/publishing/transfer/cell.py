"""Cells of a table for people's spreadsheets, which run what looks like a formula (OWASP, "CSV Injection")."""

import re

# A sign that begins a formula, also the wide ones of Japanese keyboards; behind quotes of our own or another's.
FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
QUOTED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")


def guarded(text: str) -> str:
    """With a quote before what would be run: spreadsheets then show it as text."""
    return f"'{text}" if FORMULA.match(text) else text


def bare(cell: str) -> str:
    """As it was before `guarded`."""
    return cell[1:] if QUOTED.match(cell) else cell
