"""The JSON API of webhooks. A secret is told when it is made."""

from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import fields

from host import Paging, api_blueprint, current_user, db, paged
from plugins.webhooks import dispatch
from plugins.webhooks.delivery import Delivery
from plugins.webhooks.schemas import (
    IDS,
    NewWebhook,
    WebhookAndSecretSchema,
    WebhookChange,
    WebhookDeliverySchema,
    WebhookSchema,
)
from plugins.webhooks.webhook import Webhook

VALUES = ("name", "url", "format", "plain_signature", "events")

bp = api_blueprint("webhooks_api", __name__, url_prefix="/webhooks", description="Who else hears of a board's events")


class WebhookQuery(Paging):
    board = fields.Int(validate=IDS)


@bp.route("")
class Webhooks(MethodView):
    @bp.arguments(WebhookQuery, location="query")
    @bp.response(200, WebhookSchema(many=True))
    def get(self, args: dict[str, Any]) -> Response:
        """Those of the boards that you may see to."""
        board = current_user.board(args["board"]) if "board" in args else None
        return paged(Webhook.of(current_user, board), args, WebhookSchema())

    @bp.arguments(NewWebhook)
    @bp.response(201, WebhookAndSecretSchema)
    def post(self, given: dict[str, Any]) -> Webhook:
        """Add one to a board. For admins and the board's creator."""
        board = current_user.board(given["board"])
        webhook = Webhook.create(board, by=current_user, **{name: given[name] for name in VALUES if name in given})
        if not given.get("active", True):
            webhook.switch_off()
        db.session.commit()
        return webhook


@bp.route("/<int:id>")
class OneWebhook(MethodView):
    @bp.response(200, WebhookSchema)
    def get(self, id: int) -> Webhook:  # noqa: A002
        """One of them."""
        return Webhook.one_of(current_user, id)

    @bp.arguments(WebhookChange)
    @bp.response(200, WebhookSchema)
    def patch(self, given: dict[str, Any], id: int) -> Webhook:  # noqa: A002
        """Change it, or switch it on or off."""
        webhook = Webhook.one_of(current_user, id)
        webhook.change(**{name: given.get(name, getattr(webhook, name)) for name in VALUES})
        _switch(webhook, wanted=given.get("active", webhook.active))
        db.session.commit()
        return webhook

    @bp.response(204)
    def delete(self, id: int) -> None:  # noqa: A002
        """Remove it with its log."""
        Webhook.one_of(current_user, id).remove()
        db.session.commit()


@bp.route("/<int:id>/secret")
class WebhookSecret(MethodView):
    @bp.response(201, WebhookAndSecretSchema)
    def post(self, id: int) -> Webhook:  # noqa: A002
        """Sign by a new secret; for a day by the one before as well."""
        webhook = Webhook.one_of(current_user, id)
        webhook.rotate()
        db.session.commit()
        return webhook


@bp.route("/<int:id>/test")
class WebhookTest(MethodView):
    @bp.response(202, WebhookDeliverySchema)
    def post(self, id: int) -> Delivery:  # noqa: A002
        """Send a test; its delivery shows what comes of it."""
        delivery = dispatch.test(Webhook.one_of(current_user, id), current_user)
        db.session.commit()
        return delivery


def _switch(webhook: Webhook, *, wanted: bool) -> None:
    if wanted and not webhook.active:
        webhook.switch_on()
    elif webhook.active and not wanted:
        webhook.switch_off()
