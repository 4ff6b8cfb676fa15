"""How long a text is for a Mastodon server.

Source: `StatusLengthValidator` of mastodon/mastodon. It counts grapheme clusters of the content warning and the text
together, in which a link stands for 23 characters, however long it is, and a mention for its local part.
"""

import regex

from plugins.publishing.networks.graphemes import graphemes
from plugins.publishing.networks.mastodon.entities import ENTITY


def length(text: str, per_link: int, *, warning: str = "") -> int:
    """`per_link` is what the server says a link stands for."""

    def counted(found: regex.Match[str]) -> str:
        return "x" * per_link if found["link"] else f"@{found['local']}"

    return graphemes(warning + ENTITY.sub(counted, text))
