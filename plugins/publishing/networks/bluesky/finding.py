"""What in a text is a link, a tag or a mention.

Source: what Bluesky's own app finds (`packages/api/src/rich-text` of bluesky-social/atproto), so that a post reads the
same wherever it was written. Two faults of its are left out: a name such as `httpbin.org` is no address yet, and an
address without a host is none.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from plugins.publishing.networks.graphemes import graphemes
from plugins.publishing.networks.x.domains import endings

_STARTS = r"(?<![^\s(])"  # at the start, behind a blank or an opening parenthesis
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_UNSEEN = r"\u00AD\u2060\u200A\u200B\u200C\u200D\u20E2"  # signs without a width

MENTION = regex.compile(rf"{_STARTS}@(?P<name>[a-zA-Z0-9.-]*[a-zA-Z0-9])(?![a-zA-Z0-9_])")
HANDLE = regex.compile(rf"(?:{_LABEL}\.)+[a-zA-Z](?:[a-zA-Z0-9-]{{0,61}}[a-zA-Z0-9])?")
LINK = regex.compile(rf"(?i){_STARTS}(?:https?://\S+|(?P<domain>[a-z][a-z0-9]*(?:\.[a-z0-9]+)+)\S*)")
TAG = regex.compile(rf"(?<!\S)[#＃](?P<name>(?!\uFE0F)[^\s{_UNSEEN}]*[^0-9\s\p{{P}}{_UNSEEN}]+[^\s{_UNSEEN}]*)")
ADDRESS = regex.compile(r"(?i)https?://[^\s/]\S*")
LONGEST_TAG, MOST_TAG_BYTES = 64, 640  # graphemes; by the record's schema


@dataclass(frozen=True)
class Found:
    """A stretch of a text, by the places of its characters, and what it stands for."""

    start: int
    end: int
    kind: str  # link, tag or mention
    value: str  # the address, the tag without its sign, the handle in small letters


def found_in(text: str) -> list[Found]:
    """In their order. Where two would lie on each other, the first one is taken."""
    taken: list[Found] = []
    for each in sorted([*_mentions(text), *_links(text), *_tags(text)], key=lambda each: each.start):
        if not taken or each.start >= taken[-1].end:
            taken.append(each)
    return taken


def _mentions(text: str) -> Iterator[Found]:
    for found in MENTION.finditer(text):
        name = found["name"]
        if HANDLE.fullmatch(name) and (_is_domain(name) or name.endswith(".test")):
            yield Found(found.start(), found.end(), "mention", name.lower())


def _links(text: str) -> Iterator[Found]:
    for found in LINK.finditer(text):
        if found["domain"] and not _is_domain(found["domain"]):
            continue
        written = _without_end(found[0])
        address = f"https://{written}" if found["domain"] else written
        if ADDRESS.fullmatch(address):
            yield Found(found.start(), found.start() + len(written), "link", address)


def _tags(text: str) -> Iterator[Found]:
    for found in TAG.finditer(text):
        name = regex.sub(r"\p{P}+$", "", found["name"])
        if name and graphemes(name) <= LONGEST_TAG and len(name.encode()) <= MOST_TAG_BYTES:
            yield Found(found.start(), found.start() + 1 + len(name), "tag", name)


def _without_end(written: str) -> str:
    """What ends the sentence is not the address's, and neither is a parenthesis that it did not open."""
    if written[-1] in ".,;:!?":
        written = written[:-1]
    if written.endswith(")") and "(" not in written:
        written = written[:-1]
    return written


def _is_domain(name: str) -> bool:
    return name.rpartition(".")[2] in endings()
