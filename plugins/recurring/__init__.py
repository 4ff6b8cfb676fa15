"""Recurring queues: good posts, and cards, that come round again."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from flask import Blueprint

from host import (
    CARD_DELETED,
    Badge,
    Card,
    CardPanel,
    NavItem,
    Periodic,
    Plugin,
    RetentionRule,
    Schema,
    SettingsPanel,
    Subscription,
    Task,
    User,
    _,
    every,
    hookimpl,
)
from plugins.publishing import Ghost, Post, Target
from plugins.recurring import (
    following,
    ghosts,
    hookspecs,
    listening,
    marks,
    models,
    old,
    queue_pages,
    queues_api,
    settings,
    sweeping,
    turn_pages,
)
from plugins.recurring.cards import CardRecurrence
from plugins.recurring.posts import PostRecurrence
from plugins.recurring.recurrence import Fate, Gone, Made, NotNow, Order, Original, Recurrence

# What plugins that bring something to repeat import from here.
__all__ = ["PLUGIN", "Fate", "Gone", "Made", "NotNow", "Order", "Original", "Recurrence", "models"]

PLUGIN = Plugin(
    "recurring",
    title=_("Recurring queues"),
    summary=_("Good posts come round again."),
    icon="queue",
    hue="moss",
    requires=("publishing",),
    hookspecs=hookspecs,
)


@hookimpl
def register_schema() -> Schema:
    return Schema("recurring_", Path(__file__).parent / "migrations")


@hookimpl
def register_tasks() -> Sequence[Task | Periodic | Subscription]:
    return [
        Periodic(every(minutes=1), sweeping.process_queues, title=_("Run recurring queues")),
        Periodic(every(days=1), following.follow_clocks, title=_("Keep queues to their clocks")),
        Subscription([CARD_DELETED], listening.end_with_cards),
    ]


@hookimpl
def register_blueprints() -> Sequence[Blueprint]:
    return [queue_pages.bp, turn_pages.bp, queues_api.bp]


@hookimpl
def register_recurrences() -> Sequence[Recurrence]:
    return [PostRecurrence(), CardRecurrence()]


@hookimpl
def target_settled(target: Target) -> None:
    listening.settled(target)


@hookimpl
def post_deleted(post: Post) -> None:
    listening.deleted(post)


@hookimpl
def calendar_ghosts(person: User, begin: datetime, end: datetime) -> Sequence[Ghost]:
    return ghosts.ghosts(person, begin, end)


@hookimpl
def post_panel(post: Post, reader: User) -> CardPanel | None:
    return marks.post_panel(post, reader)


@hookimpl
def card_panel(card: Card, actor: User) -> CardPanel | None:
    return marks.card_panel(card, actor)


@hookimpl
def card_badges(cards: Sequence[Card]) -> Mapping[int, Sequence[Badge]]:
    return marks.card_badges(cards)


@hookimpl
def register_retention() -> Sequence[RetentionRule]:
    return [old.RUNS]


@hookimpl
def register_settings() -> Sequence[SettingsPanel]:
    return [settings.PANEL]


@hookimpl
def nav_items(place: str) -> Sequence[NavItem]:
    return [queue_pages.nav_item()] if place == "topbar" else []
