"""The words that plugins add to a search, as conditions on cards."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, false

from host.plugging.gather import attempt, plugins

if TYPE_CHECKING:
    from host.models import User


def prefixes() -> set[str]:
    """All the words."""
    return {known.prefix for each in plugins().on for known in each.declared.search_filters}


def title(prefix: str) -> str:
    """What the plugin calls its word; the word itself where none knows it."""
    titles = {known.prefix: known.title for each in plugins().on for known in each.declared.search_filters}
    return titles.get(prefix, prefix)


def conditions(asked: Mapping[str, str], actor: "User") -> Iterator[ColumnElement[bool]]:
    """One for each word of a plugin's that was asked for; one that fails finds nothing rather than everything."""
    for each in plugins().on:
        for known in each.declared.search_filters:
            if known.prefix in asked:
                call = partial(known.clause, asked[known.prefix], actor)
                yield attempt(each.name, f"search filter {known.prefix}", call, otherwise=false)
