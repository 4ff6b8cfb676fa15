"""The hooks. Called by keyword: an implementation takes the arguments that it needs and no others.

Each has a page in the documentation, a test by its name and a first-party plugin that uses it.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pluggy

from host.plugging.plugin import (
    Badge,
    Banner,
    CardPanel,
    NavItem,
    NavPlace,
    Permission,
    Refusal,
    RetentionRule,
    Schema,
    SearchFilter,
    SettingsPanel,
)

if TYPE_CHECKING:
    import click
    from flask import Blueprint

    from host.events import RecordedEvent
    from host.jobs import Periodic, Subscription, Task
    from host.models import Board, Card, Event, User

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
def register_permissions() -> Sequence[Permission]:  # type: ignore[empty-body]
    """Rights of the plugin's own, named `<plugin>.<right>`. At load; an error switches the plugin off."""


@hookspec
def register_retention() -> Sequence[RetentionRule]:  # type: ignore[empty-body]
    """What grows old and may go. At load; an error switches the plugin off."""


@hookspec
def register_search_filters() -> Sequence[SearchFilter]:  # type: ignore[empty-body]
    """Words that narrow the board and the search. At load; an error switches the plugin off."""


@hookspec(firstresult=True)
def before_event(event: "Event", actor: "User") -> Refusal | None:
    """May this happen? Inside the transaction, before anything is written; the first Refusal wins,
    and a plugin that raises refuses (fails closed)."""


@hookspec
def on_events(events: "Sequence[RecordedEvent]") -> None:
    """What happened in this transaction, all at once, just before it commits. Write own rows in bulk and schedule
    jobs, nothing slower. Each plugin runs in a savepoint of its own; an error undoes that plugin's part only."""


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


@hookspec
def export_board(board: "Board") -> Mapping[str, Any] | None:
    """The plugin's own section of an export. During the export; an error marks the section as missing."""


@hookspec
def import_board(board: "Board", data: Mapping[str, Any], ids: Mapping[str, Mapping[int, int]]) -> None:
    """Take in the plugin's own section; `ids` maps old ids to new by kind. Inside the import; an error ends it."""
