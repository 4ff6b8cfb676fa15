"""The page of one delivery: what was sent, what was answered, and sending it again."""

import json

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from host import _, current_user, db
from plugins.webhooks import dispatch
from plugins.webhooks.delivery import Delivery
from plugins.webhooks.webhook import Webhook

SHOWN_CHARACTERS = 20_000

bp = Blueprint("webhooks_deliveries", __name__)


@bp.get("/<int:id>/deliveries/<int:delivery_id>")
def show(id: int, delivery_id: int) -> ResponseReturnValue:  # noqa: A002
    delivery = Delivery.one_of(Webhook.one_of(current_user, id), delivery_id)
    body = json.dumps(json.loads(delivery.body), indent=2, ensure_ascii=False)[:SHOWN_CHARACTERS]
    return render_template("webhooks/delivery.html", delivery=delivery, webhook=delivery.webhook, body=body)


@bp.post("/<int:id>/deliveries/<int:delivery_id>/redelivery")
def resend(id: int, delivery_id: int) -> ResponseReturnValue:  # noqa: A002
    delivery = Delivery.one_of(Webhook.one_of(current_user, id), delivery_id)
    dispatch.resend(delivery)
    db.session.commit()
    flash(_("It is on its way again."))
    return redirect(url_for("webhooks_deliveries.show", id=id, delivery_id=delivery_id), 303)
