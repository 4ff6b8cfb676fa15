"""Webhooks: other programs and chats hear of what happens on a board."""

from collections.abc import Sequence
from pathlib import Path

from flask import Blueprint

from host import (
    Board,
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
    hookimpl,
)
from plugins.webhooks import api, deliveries_api, delivery_pages, dispatch, menu, old, pages, panel, sending
from plugins.webhooks.webhook import Webhook

PLUGIN = Plugin(
    "webhooks",
    title=_("Webhooks"),
    summary=_("Tells other programs and chats what happens on a board."),
    icon="webhook",
    hue="plum",
    jobs_at_once=1,  # keeps events in order, and lets a receiver that is slow hold one thread at most
)


@hookimpl
def register_schema() -> Schema:
    return Schema("webhooks_", Path(__file__).parent / "migrations")


@hookimpl
def register_tasks() -> Sequence[Task | Periodic | Subscription]:
    return [Subscription(None, dispatch.dispatch, wanted=Webhook.any_is_on), sending.deliver, sending.send]


@hookimpl
def register_blueprints() -> Sequence[Blueprint]:
    return [pages.bp, delivery_pages.bp, api.bp, deliveries_api.bp]


@hookimpl
def register_settings() -> Sequence[SettingsPanel]:
    return [panel.PANEL]


@hookimpl
def register_retention() -> Sequence[RetentionRule]:
    return [old.DELIVERIES]


@hookimpl
def nav_items(place: str, actor: User, board: Board | None) -> Sequence[NavItem]:
    return menu.for_board(board, actor) if place == "board_menu" and board else []
