"""Whether a record is a post: the rules of `app.bsky.feed.post`, as a PDS checks them."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import regex

MOST, MOST_BYTES, MOST_TAG, MOST_TAG_BYTES = 300, 3000, 64, 640
MOST_IMAGES, IMAGE_BYTES, MOST_LANGS = 4, 2_000_000, 3
KEYS = {"$type", "text", "createdAt", "langs", "facets", "reply", "embed"}
URI = re.compile(r"\w+:(?://)?[^\s/]\S*")
DID = re.compile(r"did:[a-z]+:[\w.:%-]*[\w.-]")
AT_URI = re.compile(r"at://did:[a-z]+:[\w.-]+/app\.bsky\.feed\.post/[a-z2-7]{13}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
FACET = "app.bsky.richtext.facet#"


class RefusedRecord(Exception):  # noqa: N818 -- it says what happened
    """Why it is none."""


def require_valid(record: Mapping[str, Any]) -> None:
    require(record.get("$type") == "app.bsky.feed.post", "Record/$type must be app.bsky.feed.post")
    require(set(record) <= KEYS, "Record has a key that nobody knows")
    text = record.get("text")
    if not isinstance(text, str):
        raise RefusedRecord("Record/text must be a string")
    require(len(text.encode()) <= MOST_BYTES, "Record/text must not be longer than 3000 characters")
    require(len(regex.findall(r"\X", text)) <= MOST, "Record/text must not be longer than 300 graphemes")
    _require_moment(record.get("createdAt", ""))
    languages = record.get("langs", [])
    require(len(languages) <= MOST_LANGS and all(map(LANGUAGE.fullmatch, languages)), "Record/langs is invalid")
    _require_facets(text, record.get("facets", ()))
    if "reply" in record:
        for place in ("root", "parent"):
            _require_reference(record["reply"].get(place, {}))
    if "embed" in record:
        _require_images(record["embed"])


def images_of(record: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    images: Sequence[Mapping[str, Any]] = record.get("embed", {}).get("images", ())
    return images


def require(condition: object, why: str) -> None:
    if not condition:
        raise RefusedRecord(f"Invalid app.bsky.feed.post record: {why}")


def _require_moment(text: str) -> None:
    require(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", text), "Record/createdAt must be a datetime")
    datetime.fromisoformat(text)


def _require_facets(text: str, facets: Sequence[Mapping[str, Any]]) -> None:
    size = len(text.encode())
    for facet in facets:
        start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        require(0 <= start < end <= size, "facet out of the text")
        text.encode()[start:end].decode()  # a stretch of whole characters
        for feature in facet["features"]:
            _require_feature(feature)


def _require_feature(feature: Mapping[str, str]) -> None:
    kind = feature["$type"].removeprefix(FACET)
    if kind == "link":
        require(URI.fullmatch(feature["uri"]), "uri must be a uri")
    elif kind == "tag":
        tag = feature["tag"]
        require(len(regex.findall(r"\X", tag)) <= MOST_TAG, "tag must not be longer than 64 graphemes")
        require(len(tag.encode()) <= MOST_TAG_BYTES, "tag must not be longer than 640 characters")
    else:
        require(kind == "mention" and DID.fullmatch(feature["did"]), "did must be a valid did")


def _require_reference(reference: Mapping[str, str]) -> None:
    require(AT_URI.fullmatch(reference.get("uri", "")), "reply must have a valid at-uri")
    require(reference.get("cid", "").startswith("bafy"), "reply must have a valid cid")


def _require_images(embed: Mapping[str, Any]) -> None:
    require(embed.get("$type") == "app.bsky.embed.images", "embed is invalid")
    images = embed["images"]
    require(1 <= len(images) <= MOST_IMAGES, "embed/images must not have more than 4 elements")
    for image in images:
        require("alt" in image, "image must have the property alt")
        require(image["image"]["mimeType"].startswith("image/"), "image has a wrong type")
        require(image["image"]["size"] <= IMAGE_BYTES, "image is too large")
        ratio = image.get("aspectRatio", {"width": 1, "height": 1})
        require(ratio["width"] > 0 and ratio["height"] > 0, "aspectRatio is invalid")
