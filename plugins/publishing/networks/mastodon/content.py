"""Whether a status says what was sent. A server keeps it as HTML of its own making."""

import unicodedata
from html.parser import HTMLParser

import regex

from plugins.publishing.networks.mastodon.entities import ENTITY

BREAKS = ("p", "br", "blockquote", "li", "pre")


def same_text(content: str, text: str) -> bool:
    """Whether this HTML was made of this text. Blanks and line breaks are the server's, and so are the ways in which
    it shortens links and mentions: of a mention it knows it shows the local part, of any other all."""
    return _even(_read(content)) == _even(text)


def _without_server(found: regex.Match[str]) -> str:
    return found[0] if found["link"] else f"@{found['local']}"


def _read(content: str) -> str:
    reader = _Reader()
    reader.feed(content)
    reader.close()
    return "".join(reader.read)


def _even(text: str) -> str:
    named = ENTITY.sub(_without_server, unicodedata.normalize("NFC", text))
    return " ".join(named.split()).casefold()


class _Reader(HTMLParser):
    """The text; a link's is its address, whole."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.read: list[str] = []
        self._within_link = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BREAKS:
            self.read.append("\n")
        said = dict(attrs)
        if tag == "a" and not _names_somebody(said):
            self._within_link = True
            self.read.append(said.get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in BREAKS:
            self.read.append("\n")
        if tag == "a":
            self._within_link = False

    def handle_data(self, data: str) -> None:
        if not self._within_link:
            self.read.append(data)


def _names_somebody(link: dict[str, str | None]) -> bool:
    """Or something: mentions and tags are links as well, whose text is what was written."""
    return "mention" in (link.get("class") or "").split()
