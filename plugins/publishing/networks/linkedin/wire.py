"""A post as LinkedIn takes it."""

import json
from collections.abc import Mapping
from typing import Any

from plugins.publishing.networks.linkedin.little_text import escaped
from plugins.publishing.networks.weblinks import stretches
from plugins.publishing.platform import Login, Message


def write(message: Message, login: Login) -> bytes:
    post: dict[str, Any] = {
        "author": login.remote_id,
        "commentary": escaped(message.text),
        "visibility": message.options.get("visibility") or "PUBLIC",
        "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
    }
    content = _pictures(message) or _article(message)
    if content:
        post["content"] = content
    return json.dumps(post, ensure_ascii=False, separators=(",", ":")).encode()


def commentary(body: bytes) -> str:
    return str(json.loads(body)["commentary"])


def _pictures(message: Message) -> Mapping[str, Any] | None:
    described = [
        {"id": name, "altText": picture.alt} if picture.alt else {"id": name}
        for name, picture in zip(message.uploaded, message.pictures, strict=True)
    ]
    if not described:
        return None
    return {"media": described[0]} if len(described) == 1 else {"multiImage": {"images": described}}


def _article(message: Message) -> Mapping[str, Any] | None:
    """LinkedIn looks at no address by itself: a link is a card only if its title is given. Plain text, nothing is
    escaped in it."""
    title = message.options.get("link_title", "").strip()
    addresses = [address for _shown, address in stretches(message.text) if address]
    return {"article": {"source": addresses[0], "title": title}} if title and addresses else None
