"""The forms on all pages, as somebody finds them who follows every way."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException

from tests.host.routes.addresses import Address, addresses
from tests.host.routes.estate import Estate
from tests.host.routes.visitor import Visitor
from tests.host.web.page import Page

FITTING = {
    "date": "2030-01-01",
    "datetime-local": "2030-01-01T10:00",
    "email": "new@example.org",
    "number": "7",
    "password": "a long sentence",
    "time": "10:00",
    "url": "https://hooks.example/in",
}
WORDS = "Words to keep"
WRITTEN = ("text", "textarea", "search", "email", "url")


@dataclass(frozen=True)
class Found:
    """A form that posts, as it is shown. `rule` says to which view."""

    action: str
    rule: str
    values: Mapping[str, str]
    kinds: Mapping[str, str]

    @property
    def written(self) -> list[str]:
        """The fields into which people write words."""
        return [name for name, kind in self.kinds.items() if kind in WRITTEN]

    def filled(self) -> "Found":
        """With something that fits in each field that was left empty."""
        fitting = dict.fromkeys(WRITTEN, WORDS) | FITTING
        empty = {name: fitting[kind] for name, kind in self.kinds.items() if kind in fitting}
        return replace(self, values=self.values | {name: empty[name] for name in empty if not self.values.get(name)})

    def body(self, odd: str = "", *values: bytes) -> bytes:
        """What is sent with these values in one of its fields; with none without that field."""
        plain = [(name, value.encode()) for name, value in self.values.items() if name != odd]
        return urlencode([*plain, *((odd, value) for value in values)]).encode()


def forms(app: Flask, visitor: Visitor, things: Estate) -> list[Found]:
    """One of each view and set of fields."""
    found: dict[Any, Found] = {}
    for address in addresses(app):
        if address.method == "GET" and not address.is_api:
            path = address.about(things)
            answer = visitor("GET", path)
            if answer.mimetype == "text/html":
                for form in _on(app, path, Page(answer.text)):
                    found.setdefault((form.rule, frozenset(form.kinds)), form)
    return list(found.values())


def queries(app: Flask, visitor: Visitor, things: Estate) -> set[str]:
    """The words behind the question mark of any link or form of any page."""
    words: set[str] = set()
    for address in addresses(app):
        if address.method == "GET" and not address.is_api:
            answer = visitor("GET", address.about(things))
            page = Page(answer.text if answer.mimetype == "text/html" else "")
            words |= {name for form in page.forms if form.method == "get" for name in form.kinds}
            links = [has.get("href") or "" for _tag, has in page.elements]
            words |= {part.partition("=")[0] for link in links for part in urlsplit(link).query.split("&")}
    return {word for word in words if word and "%" not in word}


def _on(app: Flask, path: str, page: Page) -> Iterator[Found]:
    """One without an action posts to its own page."""
    for form in page.forms:
        action = form.action or path
        rule = _rule(app, action) if form.method == "post" else None
        if rule is not None:
            kinds = {name: kind for name, kind in form.kinds.items() if name != "csrf_token"}
            shown = {name: value for name, value in form.values.items() if name in kinds}
            yield Found(action, rule, shown, kinds)


def _rule(app: Flask, action: str) -> str | None:
    try:
        rule, _values = app.url_map.bind("localhost").match(urlsplit(action).path, "POST", return_rule=True)
    except HTTPException:
        return None
    return str(rule.rule)


def unseen(app: Flask, found: Iterable[Found]) -> list[Address]:
    """Where one can post to, and no page has a form that does."""
    rules = {form.rule for form in found}
    return [each for each in addresses(app) if each.method == "POST" and not each.is_api and each.rule not in rules]
