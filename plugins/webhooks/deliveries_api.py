"""The JSON API of a webhook's log."""

from typing import Any

from flask import Response
from flask.views import MethodView

from host import Paging, api_blueprint, current_user, db, paged
from plugins.webhooks import dispatch
from plugins.webhooks.delivery import Delivery
from plugins.webhooks.schemas import WebhookDeliverySchema, WholeWebhookDeliverySchema
from plugins.webhooks.webhook import Webhook

bp = api_blueprint(
    "webhooks_deliveries_api",
    __name__,
    url_prefix="/webhooks/<int:id>/deliveries",
    description="What a webhook was sent, and what it answered",
)


@bp.route("")
class Deliveries(MethodView):
    @bp.arguments(Paging, location="query")
    @bp.response(200, WebhookDeliverySchema(many=True))
    def get(self, args: dict[str, Any], id: int) -> Response:  # noqa: A002
        """Its log, the newest first."""
        return paged(Delivery.of(Webhook.one_of(current_user, id)), args, WebhookDeliverySchema())


@bp.route("/<int:delivery_id>")
class OneDelivery(MethodView):
    @bp.response(200, WholeWebhookDeliverySchema)
    def get(self, id: int, delivery_id: int) -> Delivery:  # noqa: A002
        """One of them, with what was sent and answered at each try."""
        return Delivery.one_of(Webhook.one_of(current_user, id), delivery_id)


@bp.route("/<int:delivery_id>/redelivery")
class Redelivery(MethodView):
    @bp.response(202, WebhookDeliverySchema)
    def post(self, id: int, delivery_id: int) -> Delivery:  # noqa: A002
        """Send it once more, now."""
        delivery = Delivery.one_of(Webhook.one_of(current_user, id), delivery_id)
        dispatch.resend(delivery)
        db.session.commit()
        return delivery
