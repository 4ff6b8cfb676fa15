"""Facets: what a post says of stretches of its text. A stretch is told by the bytes of its UTF-8, its end exclusive;
what has no facet is dead text."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from plugins.publishing.networks.bluesky.finding import Found, found_in

SITE = "https://bsky.app"
FEATURE = "app.bsky.richtext.facet#"

Facet = Mapping[str, Any]
Stretch = tuple[str, str]  # the text, and where it leads to


def facets(text: str, resolved: Mapping[str, str]) -> list[Facet]:
    """`resolved` says which account a handle is; one that is nobody's stays text."""
    made = ((each, _feature(each, resolved)) for each in found_in(text))
    return [
        {"index": {"byteStart": _bytes(text, each.start), "byteEnd": _bytes(text, each.end)}, "features": [feature]}
        for each, feature in made
        if feature
    ]


def stretches(text: str, of: Sequence[Facet]) -> list[Stretch]:
    """What people read, by the facets of a record."""
    return [each for each in _stretches(text.encode(), of) if each[0]]


def _stretches(data: bytes, of: Sequence[Facet]) -> Iterator[Stretch]:
    read = 0
    for facet in of:
        start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        yield data[read:start].decode(), ""
        yield data[start:end].decode(), _leads_to(facet["features"][0])
        read = end
    yield data[read:].decode(), ""


def _feature(found: Found, resolved: Mapping[str, str]) -> Mapping[str, str] | None:
    if found.kind == "link":
        return {"$type": f"{FEATURE}link", "uri": found.value}
    if found.kind == "tag":
        return {"$type": f"{FEATURE}tag", "tag": found.value}
    did = resolved.get(found.value)
    return {"$type": f"{FEATURE}mention", "did": did} if did else None


def _leads_to(feature: Mapping[str, str]) -> str:
    if "uri" in feature:
        return feature["uri"]
    if "tag" in feature:
        return f"{SITE}/hashtag/{quote(feature['tag'], safe='')}"
    return f"{SITE}/profile/{feature['did']}"


def _bytes(text: str, characters: int) -> int:
    return len(text[:characters].encode())
