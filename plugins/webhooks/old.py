"""What became of a delivery can be read for a week; then it makes room. One that waits is not old, however long."""

from datetime import datetime

from sqlalchemy import ColumnElement

from host import OldRows, RetentionRule, _
from plugins.webhooks.delivery import Delivery, State


def over(before: datetime) -> ColumnElement[bool]:
    """Index: ix_webhooks_delivery_created_at"""
    return (Delivery.created_at < before) & (Delivery.state != State.WAITING)


DELIVERIES = RetentionRule("webhooks.deliveries", _("Deliveries of webhooks"), OldRows(Delivery, over), days=7)
