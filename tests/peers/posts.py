"""What a network of a test keeps."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass
class PeerPost:
    """What is published there. `at` is the network's own time of it; `gone`: somebody removed it since."""

    id: str
    text: str
    at: datetime
    account: str
    key: str = ""
    media: tuple[str, ...] = ()
    reply: str = ""  # the id of what it answers
    gone: bool = False
    more: dict[str, Any] = field(default_factory=dict)


@dataclass
class PeerToken:
    """What a token opens. `issued_at` and `expires_at` are times of the network's clock."""

    access: str
    account: str
    issued_at: datetime
    expires_at: datetime | None = None
    refresh: str = ""
    revoked: bool = False
    more: dict[str, Any] = field(default_factory=dict)


@dataclass
class PeerMedia:
    id: str
    account: str
    data: bytes = b""
    type: str = ""
    alt: str = ""
    ready_at: datetime | None = None
    more: dict[str, Any] = field(default_factory=dict)
