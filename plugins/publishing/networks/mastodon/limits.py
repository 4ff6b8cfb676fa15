"""What a server allows: each says so itself (`/api/v2/instance`)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from plugins.publishing.networks.reading import part


@dataclass(frozen=True)
class Limits:
    """By the server's names. The defaults are Mastodon's own."""

    max_characters: int = 500
    characters_reserved_per_url: int = 23
    max_media_attachments: int = 4
    image_size_limit: int = 16_777_216  # bytes
    image_matrix_limit: int = 33_177_600  # pixels
    description_limit: int = 1500

    @classmethod
    def of(cls, profile: Mapping[str, Any]) -> "Limits":
        return cls(**_fit(profile))


def told(instance: Mapping[str, Any]) -> dict[str, int]:
    """What its answer says of them, for a profile."""
    found: dict[str, Any] = {}
    for of in ("statuses", "media_attachments"):
        found |= part(instance, "configuration", of) or {}
    return _fit(found)


def _fit(found: Mapping[str, Any]) -> dict[str, int]:
    """Without what is no limit: an answer is somebody else's."""
    named = {each.name: found.get(each.name) for each in fields(Limits)}
    return {name: most for name, most in named.items() if type(most) is int and most > 0}
