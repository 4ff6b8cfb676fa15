"""A post as a record, and the request that puts it there, as the bytes that are sent."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from plugins.publishing.networks.bluesky.facets import facets
from plugins.publishing.networks.bluesky.pictures import blob
from plugins.publishing.networks.bluesky.references import reference
from plugins.publishing.networks.bluesky.xrpc import COLLECTION
from plugins.publishing.networks.languages import language_of
from plugins.publishing.platform import Login, Message, Picture


def frozen(message: Message, login: Login) -> bytes:
    """The same bytes for the same message, hence the same record. `swapRecord` is null: nothing of that name may be
    there yet, but this very record."""
    return encoded(
        {
            "repo": login.remote_id,
            "collection": COLLECTION,
            "rkey": message.key,
            "swapRecord": None,
            "record": _record(message),
        }
    )


def thawed(body: bytes) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(body)
    return read


def encoded(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _record(message: Message) -> dict[str, Any]:
    record = {
        "$type": COLLECTION,
        "text": message.text,
        "createdAt": _moment(message.at),
        "langs": [language_of(message)] if language_of(message) else [],
        "facets": facets(message.text, message.resolved),
        "reply": _reply(message),
        "embed": _images(message.pictures, message.uploaded) if message.uploaded else {},
    }
    return {name: value for name, value in record.items() if value or name == "text"}


def _reply(message: Message) -> dict[str, Any]:
    reply = message.reply
    if reply is None:
        return {}
    return {"root": reference(reply.root, message.resolved), "parent": reference(reply.parent, message.resolved)}


def _images(pictures: Sequence[Picture], uploaded: Sequence[str]) -> dict[str, Any]:
    images = [
        {
            "image": blob(name, picture),
            "alt": picture.alt,
            "aspectRatio": {"width": picture.width, "height": picture.height},
        }
        for picture, name in zip(pictures, uploaded, strict=True)
    ]
    return {"$type": "app.bsky.embed.images", "images": images}


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
