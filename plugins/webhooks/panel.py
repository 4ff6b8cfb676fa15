"""The page of a board's webhooks: those there are, and a form for one more."""

from collections.abc import Mapping
from typing import Any

from flask import request
from sqlalchemy import select

from host import Board, SettingsPanel, User, _, db, may_run
from plugins.webhooks.form import WebhookForm, typed_in, values_of
from plugins.webhooks.kinds import groups
from plugins.webhooks.webhook import Format, Webhook

FORMATS = (
    (Format.JSON.value, _("JSON, signed")),
    (Format.SLACK.value, _("Slack")),
    (Format.DISCORD.value, _("Discord")),
    (Format.TEXT.value, _("Mattermost, Teams and others")),
)


def save(board: Board, values: Mapping[str, Any], actor: User) -> None:
    Webhook.create(board, by=actor, **values_of(values))


def context(board: Board) -> Mapping[str, Any]:
    """`typed`: what is in the form, which after a mistake is what was sent."""
    there = db.session.scalars(select(Webhook).filter_by(board_id=board.id).order_by(Webhook.name, Webhook.id)).all()
    typed = typed_in(request.form) if request.method == "POST" else {"all_events": True, "format": Format.JSON.value}
    return {"webhooks": there, "typed": typed, "groups": groups(), "formats": FORMATS}


PANEL = SettingsPanel(
    key="webhooks",
    level="board",
    title=_("Webhooks"),
    summary=_("Other programs and chats hear of what happens on this board."),
    form=WebhookForm,
    read=lambda _board: {},
    save=save,
    context=context,
    template="webhooks/panel.html",
    allowed=may_run,
    icon="webhook",
)
