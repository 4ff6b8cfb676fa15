"""A page of the feed as Atom (RFC 4287)."""

from datetime import datetime
from uuid import UUID
from xml.etree.ElementTree import Element, SubElement, tostring

from plugins.publishing.networks.feed.addresses import ATOM, JSON
from plugins.publishing.networks.feed.page import Page, Told

TYPE, JSON_TYPE = "application/atom+xml", "application/feed+json"
NAMESPACE = "http://www.w3.org/2005/Atom"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def as_atom(page: Page) -> bytes:
    feed = Element("feed", {"xmlns": NAMESPACE})
    _add(feed, "title", page.title)
    _add(feed, "id", page.id)
    _add(feed, "updated", moment(page.changed_at))
    _link_feed(feed, page)
    _add(SubElement(feed, "author"), "name", page.title)
    _add(feed, "generator", "Fallow")
    for told in page.entries:
        _add_entry(feed, told)
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def moment(at: datetime) -> str:
    """RFC 3339, to the microsecond, in UTC."""
    return at.isoformat().replace("+00:00", "Z")


def _link_feed(feed: Element, page: Page) -> None:
    of = page.addresses.feed
    _link(feed, "self", of(ATOM, page.before), type=TYPE)
    _link(feed, "alternate", of(JSON, page.before), type=JSON_TYPE)
    _link(feed, "first", of(ATOM), type=TYPE)
    if page.older is not None:
        _link(feed, "next", of(ATOM, page.older), type=TYPE)


def _add_entry(feed: Element, told: Told) -> None:
    entry = SubElement(feed, "entry", {LANGUAGE: told.entry.language} if told.entry.language else {})
    _add(entry, "title", told.entry.title)
    _add(entry, "id", UUID(told.entry.key).urn)
    _link(entry, "alternate", told.url, type="text/html")
    _add(entry, "published", moment(told.entry.published_at))
    _add(entry, "updated", moment(told.entry.updated_at))
    _add(entry, "content", told.html, type="html")
    for each in told.pictures:
        named = {"title": each.alt} if each.alt else {}
        length = str(each.file.size)
        _link(entry, "enclosure", told.picture_url(each), type=each.file.type, length=length, **named)


def _add(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = text


def _link(parent: Element, rel: str, href: str, **attributes: str) -> None:
    SubElement(parent, "link", {"rel": rel, "href": href, **attributes})
