"""The hooks. Called by keyword: an implementation takes the arguments that it needs and no others.

Each has a section in docs/hooks.md (made from here), a test by its name and a first-party plugin that uses it.
Every call has an app context, and what a failing one wrote is undone: a hook neither commits nor rolls back.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import pluggy

from host.plugging.plugin import (
    Badge,
    Banner,
    CardPanel,
    EventSentence,
    NavItem,
    NavPlace,
    Schema,
    SearchFilter,
    SettingsPanel,
    SummarySection,
)

if TYPE_CHECKING:
    import click
    from flask import Blueprint

    from host.models import Board, Card, Place, User
    from host.plugging.retention import RetentionRule
    from host.plugging.tasks import Periodic, Subscription, Task

PROJECT = "fallow"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def register_schema() -> Schema:  # type: ignore[empty-body]
    """The plugin's tables and the folder of their migrations.

    When: at load. The host's tables are upgraded first, then each plugin's, in one transaction a plugin.
    On error: the plugin is off for this run, its tables are as they were, and everything else starts.
    """


@hookspec
def register_tasks() -> "Sequence[Task | Periodic | Subscription]":  # type: ignore[empty-body]
    """What runs later: tasks, tasks that run by themselves, and tasks that follow events.

    When: at load. A task runs in a worker; what it writes is committed together with the end of its job.
    On error: here, the plugin is off for this run. In a task, the job is tried again, then kept with its traceback.
    """


@hookspec
def register_blueprints() -> "Sequence[Blueprint]":  # type: ignore[empty-body]
    """Pages, mounted under `/<plugin>`, and resources made by `api_blueprint`, mounted under `/api/v1`.

    When: at load. Pages ask for a sign-in unless they say otherwise; resources ask for a token.
    On error: here, the plugin is off for this run. In a page, the visitor gets the error page.
    """


@hookspec
def register_commands() -> "Sequence[click.Command]":  # type: ignore[empty-body]
    """Commands under `fallow <plugin>`; one of the plugin's own name is `fallow <plugin>` itself, and stands alone.

    When: at load. They run with the program put together and its database open; who writes commits.
    On error: here, the plugin is off for this run. In a command, one line on stderr and exit code 1.
    """


@hookspec
def register_settings() -> Sequence[SettingsPanel]:  # type: ignore[empty-body]
    """Pages of settings for the space, a board or a person, which the host draws, guards and saves.

    When: at load. Saving happens in the request's transaction, which the host commits.
    On error: here, the plugin is off for this run. In a panel, a notice stands in its place.
    """


@hookspec
def register_search_filters() -> Sequence[SearchFilter]:  # type: ignore[empty-body]
    """Words that narrow lists of cards, such as `?postponing_soon=1`.

    When: at load. A filter's clause is asked while a list is read.
    On error: here, the plugin is off for this run. In a clause, nothing is found.
    """


@hookspec
def register_event_sentences() -> Sequence[EventSentence]:  # type: ignore[empty-body]
    """How events of the plugin's own kinds are told in a card's story; without a sentence they are left out there.

    When: at load. A sentence is asked for while the card's page is made.
    On error: here, the plugin is off for this run. In a sentence, its line is left out and the traceback is kept.
    """


@hookspec
def register_retention() -> "Sequence[RetentionRule]":  # type: ignore[empty-body]
    """What of the plugin's is thrown away once it is old. The plugin `cleanup` does it, in small batches, and lets
    people change the days or switch a rule off; so no plugin deletes old things by itself.

    When: at load. A rule is asked once a day, and where people look at what would go.
    On error: here, the plugin is off for this run. In a rule, its job is tried again, then kept with its traceback.
    """


@hookspec
def board_banner(board: "Board", actor: "User") -> Banner | None:
    """A strip above the board.

    When: while a page is made, in its transaction. A board is given again for fifteen seconds while nothing is written,
    so tell only of what is in the database.
    On error: nothing is drawn, and the traceback is kept under Settings, Plugins.
    """


@hookspec
def card_badges(cards: "Sequence[Card]", actor: "User") -> Mapping[int, Sequence[Badge]]:  # type: ignore[empty-body]
    """Signs on cards, by the card's id: one call for all cards of a page.

    When: while a page is made, in its transaction. A board shows hundreds of cards, so ask the database once; and it is
    given again for fifteen seconds while nothing is written, so tell only of what is in there.
    On error: nothing is drawn, and the traceback is kept under Settings, Plugins.
    """


@hookspec
def column_badges(board: "Board", actor: "User") -> "Mapping[Place | int, Sequence[Badge]]":  # type: ignore[empty-body]
    """Signs in the heads of a board's columns: by the column's id, or by the place for Not now, Maybe? and Done.

    When: while a page is made, in its transaction; once for all columns. A board is given again for fifteen seconds
    while nothing is written, so tell only of what is in the database.
    On error: nothing is drawn, and the traceback is kept under Settings, Plugins.
    """


@hookspec
def card_panel(card: "Card", actor: "User") -> CardPanel | None:
    """A panel on the card's page.

    When: while a page is made, in its transaction.
    On error: a quiet notice stands in its place, and the traceback is kept under Settings, Plugins.
    """


@hookspec
def nav_items(  # type: ignore[empty-body]
    place: NavPlace, actor: "User", board: "Board | None", card: "Card | None"
) -> Sequence[NavItem]:
    """Entries of a menu: of the top bar, or of a board, a card or the person.

    When: while a page is made, in its transaction; once for each menu, with the board or card it belongs to. A board is
    given again for fifteen seconds while nothing is written, so tell only of what is in the database.
    On error: nothing is drawn, and the traceback is kept under Settings, Plugins.
    """


@hookspec
def summary_sections(person: "User", since: datetime) -> Sequence[SummarySection]:  # type: ignore[empty-body]
    """What happened since then, and what is to come, for the weekly summary of a person who asked for one.

    When: in the job that writes the summary. Tell only what this person may see.
    On error: the section is left out, and the traceback is kept under Settings, Plugins.
    """
