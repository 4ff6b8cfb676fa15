"""Notifications: people hear of what concerns them, in the bell of every open page."""

from collections.abc import Sequence
from pathlib import Path

from flask import Blueprint

from host import Card, CardPanel, NavItem, Plugin, Schema, Subscription, Task, User, _, hookimpl
from plugins.notifications import api, bell, notify, panel, recipients, routes

PLUGIN = Plugin(
    "notifications", title=_("Notifications"), summary=_("Tells people what concerns them."), icon="bell", hue="sky"
)


@hookimpl
def register_schema() -> Schema:
    return Schema("notifications_", Path(__file__).parent / "migrations")


@hookimpl
def register_tasks() -> Sequence[Task | Subscription]:
    return [notify.run, Subscription(recipients.KINDS, notify.run)]


@hookimpl
def register_blueprints() -> Sequence[Blueprint]:
    return [routes.bp, api.bp]


@hookimpl
def nav_items(place: str, actor: User) -> Sequence[NavItem]:
    return [bell.for_person(actor)] if place == "topbar" else []


@hookimpl
def card_panel(card: Card, actor: User) -> CardPanel | None:
    return panel.for_card(card, actor)
