"""PKCE (RFC 7636, S256): the code that comes back is worth nothing to whoever does not know the verifier."""

import base64
import hashlib
import secrets


def new_verifier() -> str:
    return secrets.token_urlsafe(64)


def challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
