"""Entropy: cards that nobody touches go to rest by themselves."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import click
from flask import Blueprint

from host import (
    Badge,
    Banner,
    Board,
    Card,
    CardPanel,
    EventSentence,
    NavItem,
    Periodic,
    Place,
    Plugin,
    RetentionRule,
    Schema,
    SearchFilter,
    SettingsPanel,
    SummarySection,
    Task,
    User,
    _,
    cron,
    every,
    hookimpl,
)
from plugins.entropy import (
    age,
    api,
    badges,
    cards_api,
    commands,
    forgetting,
    panel,
    routes,
    run,
    runs_api,
    settings,
    soon,
    soon_on_board,
    story,
    summary,
    sweep,
    undoing,
    waking,
    warning,
)

PLUGIN = Plugin(
    "entropy", title=_("Entropy"), summary=_("Lets cards that nobody touches rest."), icon="hourglass", hue="straw"
)


@hookimpl
def register_schema() -> Schema:
    return Schema("entropy_", Path(__file__).parent / "migrations")


@hookimpl
def register_tasks() -> Sequence[Task | Periodic]:
    return [
        Periodic(every(hours=1), sweep.run, title=_("Rest stale cards")),
        Periodic(every(hours=1), waking.wake_late, title=_("Wake cards whose day has come")),
        Periodic(cron("20 0 * * *", _("daily at 00:20 UTC")), age.run, title=_("Note the age of each board")),
        Periodic(every(hours=1), warning.run, title=_("Tell people what of theirs rests soon")),
        waking.wake,
        run.put_back,
    ]


@hookimpl
def register_retention() -> Sequence[RetentionRule]:
    return forgetting.RULES


@hookimpl
def register_blueprints() -> Sequence[Blueprint]:
    return [routes.bp, api.bp, cards_api.bp, runs_api.bp, undoing.bp]


@hookimpl
def register_commands() -> Sequence[click.Command]:
    return [commands.preview, commands.runs, commands.undo]


@hookimpl
def register_settings() -> Sequence[SettingsPanel]:
    return [settings.ACCOUNT, settings.BOARD]


@hookimpl
def register_search_filters() -> Sequence[SearchFilter]:
    return [soon.FILTER]


@hookimpl
def register_event_sentences() -> Sequence[EventSentence]:
    return story.sentences()


@hookimpl
def board_banner(board: Board) -> Banner | None:
    return soon_on_board.banner(board)


@hookimpl
def card_badges(cards: Sequence[Card]) -> Mapping[int, Sequence[Badge]]:
    return badges.for_cards(cards)


@hookimpl
def column_badges(board: Board) -> Mapping[Place | int, Sequence[Badge]]:
    return soon_on_board.signs(board)


@hookimpl
def nav_items(place: str, board: Board | None) -> Sequence[NavItem]:
    return soon_on_board.menu(board) if place == "board_menu" and board else []


@hookimpl
def card_panel(card: Card) -> CardPanel | None:
    return panel.for_card(card)


@hookimpl
def summary_sections(person: User, since: datetime) -> Sequence[SummarySection]:
    return summary.sections(person, since)
