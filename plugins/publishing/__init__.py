"""Publishing: posts that reach each network once, at their time, or say why not."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click
from flask import Blueprint

from host import (
    Card,
    CardPanel,
    EventSentence,
    NavItem,
    Periodic,
    Plugin,
    RetentionRule,
    Schema,
    SettingsPanel,
    Subscription,
    SummarySection,
    Task,
    User,
    _,
    every,
    hookimpl,
)
from plugins.publishing import (
    abandoned,
    apis,
    calendar_pages,
    card_posts,
    connecting,
    connection_pages,
    ending,
    history,
    hookspecs,
    media_pages,
    models,
    move_pages,
    planning,
    post_pages,
    publishing,
    renewing,
    settings,
    summary,
    target_pages,
    visit_pages,
)
from plugins.publishing.cloning import clone
from plugins.publishing.connection import Connection
from plugins.publishing.ghost import Ghost
from plugins.publishing.looks import look_of
from plugins.publishing.networks import bluesky, feed, linkedin, mastodon, telegram, x
from plugins.publishing.platform import Platform
from plugins.publishing.platforms import platforms as known_networks
from plugins.publishing.policy import Policy
from plugins.publishing.post import Post
from plugins.publishing.scheduling import choose
from plugins.publishing.scheduling import schedule as schedule_post
from plugins.publishing.sheet import plain as plain_text
from plugins.publishing.similar import ALIKE, alike, said_lately
from plugins.publishing.states import State
from plugins.publishing.target import Target
from plugins.publishing.transfer import commands as transfer_commands
from plugins.publishing.transfer import pages as transfer_pages

# What plugins that bring networks import from here, and those that make posts.
__all__ = [
    "ALIKE",
    "PLUGIN",
    "Connection",
    "Ghost",
    "Platform",
    "Policy",
    "Post",
    "State",
    "Target",
    "alike",
    "choose",
    "clone",
    "known_networks",
    "look_of",
    "models",
    "plain_text",
    "said_lately",
    "schedule_post",
]

PLUGIN = Plugin(
    "publishing",
    title=_("Publishing"),
    summary=_("Posts that reach each network once, at their time."),
    icon="send",
    hue="sky",
    hookspecs=hookspecs,
)


@hookimpl
def register_schema() -> Schema:
    return Schema("publishing_", Path(__file__).parent / "migrations")


@hookimpl
def register_tasks() -> Sequence[Task | Periodic | Subscription]:
    return [
        Periodic(every(minutes=1), planning.sweep, title=_("Publish what was missed")),
        planning.due,
        publishing.publish,
        Periodic(every(minutes=15), renewing.renew_tokens, title=_("Renew the tokens of networks")),
        renewing.renew_one,
        Periodic(every(hours=1), ending.remind, title=_("Remind of connections that end")),
        ending.remind_of_one,
        Periodic(every(hours=1), abandoned.forget, title=_("Forget visits to networks")),
        connecting.begin,
        connecting.finish,
        feed.write_feed,
    ]


@hookimpl
def register_retention() -> Sequence[RetentionRule]:
    return abandoned.RULES


@hookimpl
def register_blueprints() -> Sequence[Blueprint]:
    pages = (calendar_pages, post_pages, target_pages, move_pages, media_pages, connection_pages, visit_pages, settings)
    return [feed.bp, *(each.bp for each in pages), *apis.BLUEPRINTS, transfer_pages.bp]


@hookimpl
def register_settings() -> Sequence[SettingsPanel]:
    return [settings.PANEL]


@hookimpl
def register_commands() -> Sequence[click.Command]:
    return [transfer_commands.export_posts, transfer_commands.import_posts, transfer_commands.undo]


@hookimpl
def register_platforms() -> Sequence[Platform]:
    return [each.PLATFORM for each in (feed, x, linkedin, mastodon, bluesky, telegram)]


@hookimpl
def register_event_sentences() -> Sequence[EventSentence]:
    return history.sentences()


@hookimpl
def nav_items(place: str) -> Sequence[NavItem]:
    return [calendar_pages.nav_item()] if place == "topbar" else []


@hookimpl
def card_panel(card: Card, actor: User) -> CardPanel:
    return card_posts.for_card(card, actor)


@hookimpl
def summary_sections(person: User, since: datetime) -> Sequence[SummarySection]:
    return summary.sections(person, since)
