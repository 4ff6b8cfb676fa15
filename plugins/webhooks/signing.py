"""Signatures by the Standard Webhooks scheme (https://www.standardwebhooks.com), and a plain one."""

import base64
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime

PREFIX = "whsec_"
BYTES = 32  # the scheme asks for 24 to 64


def new_secret() -> str:
    """As the scheme's libraries take it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def signed(keys: Sequence[str], message_id: str, at: datetime, body: str) -> dict[str, str]:
    """The scheme's three headers, with a signature by each of the secrets: a receiver is content with one that fits."""
    seconds = str(int(at.timestamp()))
    content = f"{message_id}.{seconds}.{body}".encode()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": seconds,
        "webhook-signature": " ".join(f"v1,{_signature(key, content)}" for key in keys),
    }


def plainly_signed(secret: str, at: datetime, body: str) -> dict[str, str]:
    """HMAC-SHA256 of the body alone, in hex, by the secret as it is written. Nothing in it keeps an old request from
    being sent again by somebody who overheard it."""
    digest = hmac.digest(secret.encode(), body.encode(), "sha256")
    return {"X-Webhook-Signature": digest.hex(), "X-Webhook-Timestamp": at.isoformat()}


def _signature(secret: str, content: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.digest(key, content, "sha256")).decode()
