"""A page of the feed as JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

import json
from typing import Any
from uuid import UUID

from plugins.publishing.networks.feed.addresses import JSON
from plugins.publishing.networks.feed.atom import moment
from plugins.publishing.networks.feed.page import Page, Told
from plugins.publishing.networks.feed.pictures import Shown

VERSION = "https://jsonfeed.org/version/1.1"


def as_json(page: Page) -> bytes:
    of = page.addresses.feed
    feed: dict[str, Any] = {"version": VERSION, "title": page.title, "feed_url": of(JSON, page.before)}
    if page.older is not None:
        feed["next_url"] = of(JSON, page.older)
    feed |= {"authors": [{"name": page.title}], "items": [_item(each) for each in page.entries]}
    return json.dumps(feed, ensure_ascii=False, indent=1).encode() + b"\n"


def _item(told: Told) -> dict[str, Any]:
    entry = told.entry
    item: dict[str, Any] = {"id": UUID(entry.key).urn, "url": told.url, "title": entry.title}
    item |= {"content_html": told.html, "content_text": entry.text}
    item |= {"date_published": moment(entry.published_at), "date_modified": moment(entry.updated_at)}
    if entry.language:
        item["language"] = entry.language
    if told.pictures:
        item["image"] = told.picture_url(told.pictures[0])
        item["attachments"] = [_attachment(told, each) for each in told.pictures]
    return item


def _attachment(told: Told, picture: Shown) -> dict[str, Any]:
    file = picture.file
    told_of: dict[str, Any] = {"url": told.picture_url(picture), "mime_type": file.type, "size_in_bytes": file.size}
    return told_of | ({"title": picture.alt} if picture.alt else {})
