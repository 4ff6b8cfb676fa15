"""Every address of the program, with what it names."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from flask import Flask

PART = re.compile(r"(?:(?P<noun>[\w.-]+)/)?<(?:(?P<kind>\w+)(?:\([^>]*\))?:)?(?P<name>\w+)>")
LEVELS = {"/settings/plugin/": "account", "/settings/mine/": "person", "/boards/<int:id>/settings/": "board"}
PANEL = "<plugin>/<key>"

Named = Mapping[str, object]


@dataclass(frozen=True)
class Address:
    """What one method does there. `nouns` say of each thing that it names what kind of thing that is: `cards`, or with
    the argument behind it where it is called by a word: `tasks/name`."""

    method: str
    rule: str
    endpoint: str

    def __str__(self) -> str:
        return f"{self.method} {self.rule}"

    @property
    def nouns(self) -> Sequence[str]:
        return [_noun(part) for part in PART.finditer(self.rule)]

    @property
    def is_api(self) -> bool:
        return self.rule.startswith("/api/")

    def about(self, things: Named) -> str:
        """The path, with these for what it names."""
        return PART.sub(lambda part: _replaced(part, quote(str(things[_noun(part)]), safe="")), self.rule)

    def with_each(self, raw: str) -> str:
        """The path with these very characters for all that it names."""
        return PART.sub(lambda part: _replaced(part, raw), self.rule)


def addresses(app: Flask) -> Iterator[Address]:
    """All but the static files and the API's own document."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/static/") or rule.endpoint.startswith("api-docs."):
            continue
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            for text in _panels(app, rule.rule):
                yield Address(method, text, rule.endpoint)


def _panels(app: Flask, rule: str) -> Iterator[str]:
    """An address for each panel of settings."""
    if PANEL not in rule:
        yield rule
        return
    level = LEVELS[rule.removesuffix(PANEL)]
    for plugin in app.extensions["fallow"].plugins.on:
        for panel in plugin.declared.settings:
            if panel.level == level:
                yield rule.replace(PANEL, f"{plugin.name}/{panel.key}")


def _noun(part: re.Match[str]) -> str:
    noun = part["noun"] or ""
    return noun if part["kind"] == "int" else f"{noun}/{part['name']}"


def _replaced(part: re.Match[str], value: str) -> str:
    return f"{part['noun']}/{value}" if part["noun"] else value
