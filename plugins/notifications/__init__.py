"""Notifications: people hear of what concerns them, in the bell of every open page and in bundles by mail."""

from collections.abc import Sequence
from pathlib import Path

from flask import Blueprint

from host import (
    ACCESS_REVOKED,
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
from plugins.notifications import (
    api,
    bell,
    channel_discord,
    channel_jobs,
    channel_ntfy,
    channel_others,
    channel_panel,
    channel_slack,
    channel_telegram,
    channels_api,
    delivery,
    hookspecs,
    inaccessible,
    leaving,
    notify,
    old,
    panel,
    push_api,
    push_jobs,
    push_routes,
    recipients,
    routes,
    settings,
    settings_api,
    summing_up,
    trial,
)
from plugins.notifications.channel_kinds import ChannelFault, ChannelField, ChannelKind, Message

# What plugins that bring channels import from here.
__all__ = ["PLUGIN", "ChannelFault", "ChannelField", "ChannelKind", "Message"]

PLUGIN = Plugin(
    "notifications",
    title=_("Notifications"),
    summary=_("Tells people what concerns them."),
    icon="bell",
    hue="sky",
    hookspecs=hookspecs,
)


@hookimpl
def register_schema() -> Schema:
    return Schema("notifications_", Path(__file__).parent / "migrations")


@hookimpl
def register_tasks() -> Sequence[Task | Periodic | Subscription]:
    return [
        notify.run,
        Subscription(recipients.KINDS, notify.run),
        Periodic(every(minutes=30), delivery.deliver_bundles, title=_("Send bundles that were missed")),
        Subscription([ACCESS_REVOKED], inaccessible.run),
        delivery.deliver,
        trial.run,
        channel_jobs.send_by_channel,
        channel_jobs.try_channel,
        push_jobs.push,
        Periodic(every(hours=1), summing_up.run, title=_("Send weekly summaries")),
        summing_up.sum_up,
    ]


@hookimpl
def register_retention() -> Sequence[RetentionRule]:
    return old.RULES


@hookimpl
def register_blueprints() -> Sequence[Blueprint]:
    pages = [routes.bp, leaving.bp, channel_panel.bp, push_routes.bp]
    return [*pages, api.bp, settings_api.bp, channels_api.bp, push_api.bp]


@hookimpl
def register_settings() -> Sequence[SettingsPanel]:
    return [settings.PERSON, channel_panel.PANEL, settings.BOARD]


@hookimpl
def nav_items(place: str, actor: User) -> Sequence[NavItem]:
    return [bell.for_person(actor)] if place == "topbar" else []


@hookimpl
def card_panel(card: Card, actor: User) -> CardPanel | None:
    return panel.for_card(card, actor)


@hookimpl
def register_channels() -> Sequence[ChannelKind]:
    return [each.KIND for each in (channel_telegram, channel_ntfy, channel_slack, channel_discord, channel_others)]
