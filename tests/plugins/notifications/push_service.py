"""A browser and its maker's push service: what is sent there is decrypted, and whoever signed it is checked."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from tests.http_server import HttpServer, Received

HOST = "fcm.googleapis.com"


@dataclass
class PushService:
    """One browser at the service; `server` is what Fallow takes for the service."""

    server: HttpServer

    def __post_init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._auth = b"sixteen bytes ok"

    @property
    def given(self) -> dict[str, str]:
        """What the browser's `subscribe()` gives a page."""
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": f"https://{HOST}/fcm/send/ada-1:x", "p256dh": text(point), "auth": text(self._auth)}

    @property
    def notes(self) -> list[dict[str, Any]]:
        """What the browser has been sent, in plain text."""
        return [json.loads(self._decrypted(each)) for each in self.server.received]

    def _decrypted(self, asked: Received) -> bytes:
        assert asked.headers["content-encoding"] == "aes128gcm"
        return http_ece.decrypt(asked.body, private_key=self._key, auth_secret=self._auth, version="aes128gcm")


def claims(asked: Received) -> dict[str, Any]:
    """What the sender says of itself; its signature is good."""
    header = asked.headers["authorization"]
    assert Vapid02.verify(header)
    return json.loads(raw(header.split("t=")[1].split(",")[0].split(".")[1]))


def signer(asked: Received) -> str:
    """The public key by which the signature was checked."""
    return asked.headers["authorization"].split("k=")[1]


def text(raw_bytes: bytes) -> str:
    return urlsafe_b64encode(raw_bytes).decode().rstrip("=")


def raw(encoded: str) -> bytes:
    return urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
