"""What people read of a text: a server makes links of the addresses in it."""

from collections.abc import Iterator

from plugins.publishing.networks.mastodon.entities import ENTITY

Stretch = tuple[str, str]  # the text, and where it leads to


def stretches(text: str) -> list[Stretch]:
    return [each for each in _stretches(text) if each[0]]


def _stretches(text: str) -> Iterator[Stretch]:
    """Mentions lead to pages that only the server knows, so they are text here."""
    read = 0
    for found in ENTITY.finditer(text):
        if found["link"]:
            yield text[read : found.start()], ""
            yield found["link"], found["link"]
            read = found.end()
    yield text[read:], ""
