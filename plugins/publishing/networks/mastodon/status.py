"""A status, as a post is called there, as the bytes that are sent."""

import json
from typing import Any

from host import _
from plugins.publishing.networks.languages import OPTION, language_of
from plugins.publishing.platform import Message, Option

VISIBILITIES = (
    ("public", _("Public")),
    ("unlisted", _("Quiet public")),
    ("private", _("Followers")),
)
OPTIONS = (
    Option("visibility", _("Who sees it"), VISIBILITIES, given="public"),
    Option("warning", _("Content warning")),
    OPTION,
)


def warning(message: Message) -> str:
    return message.options.get("warning", "").strip()


def frozen(message: Message) -> bytes:
    """The same bytes for the same message."""
    status: dict[str, Any] = {
        "status": message.text,
        "visibility": message.options.get("visibility") or "public",
        "spoiler_text": warning(message),
        "sensitive": bool(warning(message)),
        "language": language_of(message),
        "media_ids": list(message.uploaded),
    }
    said = {name: value for name, value in status.items() if value}
    if message.reply:  # also to nothing: that must not become a status of its own
        said["in_reply_to_id"] = message.reply.parent
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def thawed(body: bytes) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(body)
    return read
