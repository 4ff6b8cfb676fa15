"""Tokens that a code was exchanged for, kept until the network also says whose they are: a code is good for one use."""

from collections.abc import Mapping
from datetime import datetime

from plugins.publishing.platform import Tokens


def keep(tokens: Tokens) -> Mapping[str, str]:
    """For `Hindered.memory`."""
    ends, refresh_ends = tokens.expires_at, tokens.refresh_expires_at
    return {
        "access": tokens.access,
        "refresh": tokens.refresh,
        "ends": ends.isoformat() if ends else "",
        "refresh_ends": refresh_ends.isoformat() if refresh_ends else "",
    }


def kept(memory: Mapping[str, str]) -> Tokens | None:
    """From `Step.memory`."""
    if not memory.get("access"):
        return None
    return Tokens(memory["access"], memory["refresh"], _moment(memory["ends"]), _moment(memory["refresh_ends"]))


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
