"""What people wrote, made fit for a feed: as XML takes it, with a title, and as HTML with links."""

import re
from collections.abc import Iterable
from html import escape

from host import _
from plugins.publishing.networks.weblinks import stretches

# All that XML 1.0 takes (2.2); the rest has no meaning in a text, and one of them would spoil the whole feed.
UNFIT = re.compile("[^\t\n\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")
LONG_ENOUGH = 80  # characters of a title that we make


def fit(text: str) -> str:
    return UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def title_of(text: str, alts: Iterable[str]) -> str:
    """Its first line, or as much of it as a title bears."""
    lines = [*text.split("\n"), *alts]
    line = next((" ".join(each.split()) for each in lines if each.strip()), _("A picture"))
    if len(line) <= LONG_ENOUGH:
        return line
    whole = line[: LONG_ENOUGH - 1].rpartition(" ")[0]
    return f"{whole or line[: LONG_ENOUGH - 1]}…"


def as_html(text: str) -> str:
    """Paragraphs, with line ends and links. Everything else is shown as it was written."""
    parts = [each for each in PARAGRAPHS.split(text.strip()) if each]
    return "".join(f"<p>{_linked(each)}</p>" for each in parts)


def _linked(text: str) -> str:
    said = "".join(
        f'<a href="{escape(address)}">{escape(words)}</a>' if address else escape(words)
        for words, address in stretches(text)
    )
    return said.replace("\n", "<br>")
