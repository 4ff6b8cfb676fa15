"""The hooks. Called by keyword: an implementation takes the arguments that it needs and no others.

Each has a page in the documentation, a test by its name and a first-party plugin that uses it.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pluggy

from host.plugging.plugin import (
    Badge,
    Banner,
    CardPanel,
    NavItem,
    NavPlace,
    Schema,
    SearchFilter,
    SettingsPanel,
)

if TYPE_CHECKING:
    import click
    from flask import Blueprint

    from host.jobs import Periodic, Subscription, Task
    from host.models import Board, Card, User

PROJECT = "fallow"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def register_schema() -> Schema:  # type: ignore[empty-body]
    """The plugin's tables and their migrations. At load; an error switches the plugin off."""


@hookspec
def register_tasks() -> "Sequence[Task | Periodic | Subscription]":  # type: ignore[empty-body]
    """Tasks, periodic tasks, and subscriptions to events. At load; an error switches the plugin off."""


@hookspec
def register_blueprints() -> "Sequence[Blueprint]":  # type: ignore[empty-body]
    """Pages and API resources. A blueprint's name begins with the plugin's; one made by `api_blueprint`
    is mounted under `/api/v1`. At load; an error switches the plugin off."""


@hookspec
def register_commands() -> "Sequence[click.Command]":  # type: ignore[empty-body]
    """Commands under `fallow NAME`. At load; an error switches the plugin off."""


@hookspec
def register_settings() -> Sequence[SettingsPanel]:  # type: ignore[empty-body]
    """Panels for the account, a board or a person. At load; an error switches the plugin off."""


@hookspec
def register_search_filters() -> Sequence[SearchFilter]:  # type: ignore[empty-body]
    """Words that narrow the board and the search. At load; an error switches the plugin off."""


@hookspec
def board_banner(board: "Board", actor: "User") -> Banner | None:
    """A strip above the board. While a page is made; an error draws nothing."""


@hookspec
def card_badges(cards: "Sequence[Card]", actor: "User") -> Mapping[int, Sequence[Badge]]:  # type: ignore[empty-body]
    """Signs on cards, by card id; one call a page. While a page is made; an error draws nothing."""


@hookspec
def card_panel(card: "Card", actor: "User") -> CardPanel | None:
    """A panel on the card page. While a page is made; an error draws a quiet notice in its place."""


@hookspec
def nav_items(  # type: ignore[empty-body]
    place: NavPlace, actor: "User", board: "Board | None", card: "Card | None"
) -> Sequence[NavItem]:
    """Entries of a menu. While a page is made; an error draws nothing."""
