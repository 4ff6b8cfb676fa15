"""The web addresses in a plain text, as readers make links of them."""

import re
from collections.abc import Iterator

# Up to white space or what no address has. What closes a sentence behind it is none of it, nor is a bracket or a quote
# that was opened before it.
ADDRESS = re.compile(r"https?://[^\s<>\"“”„«»]+", re.IGNORECASE)
CLOSING = ".,;:!?'’*_~…"
BRACKETS = {")": "(", "]": "[", "}": "{"}

Stretch = tuple[str, str]  # the text, and where it leads to


def stretches(text: str) -> list[Stretch]:
    """The text in pieces, each with the address that it leads to or an empty text."""
    return [each for each in _stretches(text) if each[0]]


def _stretches(text: str) -> Iterator[Stretch]:
    read = 0
    for found in ADDRESS.finditer(text):
        address = _without_what_follows(found[0])
        if len(address) <= len("https://"):
            continue
        yield text[read : found.start()], ""
        yield address, address
        read = found.start() + len(address)
    yield text[read:], ""


def _without_what_follows(address: str) -> str:
    while address:
        last = address[-1]
        opened = BRACKETS.get(last)
        if last not in CLOSING and (opened is None or address.count(opened) >= address.count(last)):
            break
        address = address[:-1]
    return address
