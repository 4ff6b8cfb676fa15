"""What has been read, and what has been sent: after a while nobody looks for it here."""

from host import OldRows, RetentionRule, _
from plugins.notifications.bundle import Bundle
from plugins.notifications.models import Notification

RULES = (
    RetentionRule(
        "notifications.read",
        _("Notifications that were read"),
        OldRows(Notification, lambda before: Notification.read_at < before),
        days=30,
    ),
    RetentionRule(
        "notifications.bundles",
        _("Bundles that went out, or had nothing to say"),
        OldRows(Bundle, lambda before: Bundle.ended_at < before),
        days=30,
    ),
)
