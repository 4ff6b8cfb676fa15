"""An entry as bytes: what `send` writes into the feed, and nothing else."""

import json
from datetime import datetime
from typing import Any

from host import _
from plugins.publishing.networks.feed.entry import LONGEST_TITLE
from plugins.publishing.networks.feed.words import fit, title_of
from plugins.publishing.platform import Message, Option

TITLE = Option("title", _("Title"))


def frozen(message: Message) -> bytes:
    text = fit(message.text).strip()
    pictures = [
        {"sha256": sha256, "alt": fit(picture.alt).strip()}
        for sha256, picture in zip(message.uploaded, message.pictures, strict=True)
    ]
    given = " ".join(fit(message.options.get(TITLE.name, "")).split())
    said: dict[str, Any] = {"title": given[:LONGEST_TITLE] or title_of(text, (each["alt"] for each in pictures))}
    said |= {"text": text, "language": message.language, "pictures": pictures, "at": message.at.isoformat()}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def thawed(body: bytes) -> tuple[dict[str, Any], datetime]:
    """The entry, and its moment."""
    said = json.loads(body)
    at = datetime.fromisoformat(said.pop("at"))
    return said, at
