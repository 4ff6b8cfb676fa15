"""What X takes for a web address in a text: with http:// or https://, or a bare name of a domain that exists.

The rules are those that twitter-text publishes, in words of our own; its official vectors are among the tests.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from plugins.publishing.networks.x.domains import endings

LONGEST, LONGEST_LABEL, LONGEST_SLUG = 4096, 63, 40

_MARKS = r"\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069"  # of direction
_ACCENTED = (
    r"\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u024F\u0253\u0254\u0256\u0257\u0259\u025B\u0263\u0268\u026F\u0272\u0289\u028B"
    r"\u02BB\u0300-\u036F\u1E00-\u1EFF"
)
_NO_LETTER = rf"\s!-,./:-@\[-^`{{-~{_MARKS}\u0000-\u0020\u0085\u00A0\u180E\u2000-\u206F\u3000\uFEFF\uFFFE\uFFFF"
_LETTER = rf"[^{_NO_LETTER}_-]"
_BEFORE = r"(?<![A-Za-z0-9@＠$#＃\uFEFF\uFFFE\uFFFF])"
_ENDING = r"(?=[a-z]{2}|[^\x00-\x7F])(?:\L<endings>|xn--[-0-9a-z]+)(?![0-9A-Za-z@+-])"  # first what is cheap
# The bounds keep a long text without blanks from being read once for each of its characters.
_ONE = rf"(?={_LETTER})[^{_NO_LETTER}_]{{1,63}}+(?<={_LETTER})\."
_SUB = rf"(?={_LETTER})[^{_NO_LETTER}]{{1,63}}+(?<={_LETTER})\."
_DOMAIN = rf"(?:{_SUB}){{0,10}}{_ONE}{_ENDING}"

_IN_PATH = rf"[a-z\u0400-\u04FF0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{_ACCENTED}]"
_ENDS_PATH = rf"[+\-a-z\u0400-\u04FF0-9=_#/{_ACCENTED}]"
_IN_BRACKETS = rf"\((?:{_IN_PATH}+|{_IN_PATH}*\({_IN_PATH}+\){_IN_PATH}*)\)"
_PATH = rf"/(?:(?:{_IN_PATH}|{_IN_BRACKETS})*(?:{_ENDS_PATH}|{_IN_BRACKETS}))?"
_QUERY = r"\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-z0-9\-_&=#/]"
_SHORTENED = regex.compile(r"https?://t\.co/([a-z0-9]+)", regex.IGNORECASE)


@dataclass(frozen=True)
class Url:
    """`text[start:end]` of the text that it was found in."""

    start: int
    end: int


def urls_in(text: str) -> list[Url]:
    """In their order; they never overlap."""
    return list(_found(text)) if "." in text else []


def _found(text: str) -> Iterator[Url]:
    for match in _pattern().finditer(text):
        if not _fits(match["domain"], match.end() - match.start()):
            continue
        if not match["scheme"]:
            yield from _bare(match, text)
        elif shortened := _SHORTENED.match(match[0]):
            if len(shortened[1]) <= LONGEST_SLUG:
                yield Url(match.start(), match.start() + shortened.end())
        else:
            yield Url(match.start(), match.end())


def _bare(match: "regex.Match[str]", text: str) -> Iterator[Url]:
    """Without a scheme only what is written in Latin letters counts, so a domain may begin within a word of others."""
    if match.start() and text[match.start() - 1] in "-_./":
        return
    found = [each.span() for each in _latin().finditer(text, *match.span("domain"))]
    for start, end in found:
        last = (start, end) == found[-1]
        yield Url(start, match.end() if last and match["path"] else end)


def _fits(domain: str, length: int) -> bool:
    return length <= LONGEST and all(len(_on_wire(label)) <= LONGEST_LABEL for label in domain.split("."))


def _on_wire(label: str) -> bytes:
    return label.encode() if label.isascii() else b"xn--" + label.encode("punycode")


@cache
def _pattern() -> "regex.Pattern[str]":
    return regex.compile(
        rf"{_BEFORE}(?P<scheme>https?://)?(?P<domain>{_DOMAIN})"
        rf"(?::[0-9]+)?(?P<path>{_PATH})?(?:{_QUERY})?",
        regex.IGNORECASE,
        endings=endings(),
    )


@cache
def _latin() -> "regex.Pattern[str]":
    return regex.compile(rf"(?:[-a-z0-9{_ACCENTED}]{{1,63}}+\.)+{_ENDING}", regex.IGNORECASE, endings=endings())
