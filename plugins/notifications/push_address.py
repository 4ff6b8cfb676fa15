"""Where a browser wants to be told while no page is open: an address at its maker's push service, and its keys."""

import re
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec

from host import Invalid, _

# Whoever could name any host would have us ask it. Each is a host, and with a dot before it all below that as well.
SERVICES = (
    "fcm.googleapis.com",
    "jmt17.google.com",
    ".push.services.mozilla.com",
    ".notify.windows.com",
    ".push.apple.com",
)
LONGEST = 2000
# Plain enough that nobody reads another host in it than we do: no name before an @, no backslash, no other port.
ADDRESS = re.compile(r"https://([A-Za-z0-9.-]+)(?::443)?/[!-\[\]-~]*")
AUTH_BYTES = 16


@dataclass(frozen=True)
class PushAddress:
    """What a browser gave; checked."""

    endpoint: str
    p256dh: str
    auth: str

    @classmethod
    def read(cls, endpoint: str, p256dh: str, auth: str) -> "PushAddress":
        """Raises Invalid for another place than a browser's own push service, and for keys that are none."""
        wrong = {}
        if not _is_service(endpoint):
            wrong["endpoint"] = [_("This is not the push service of a browser that we know.")]
        if not _is_point(p256dh):
            wrong["p256dh"] = [_("This is no key.")]
        if len(_raw(auth)) != AUTH_BYTES:
            wrong["auth"] = [_("This is no key.")]
        if wrong:
            raise Invalid(wrong)
        return cls(endpoint, p256dh, auth)


def digest(endpoint: str) -> str:
    """What an address is found by. It holds a long random part, so a plain hash gives nothing away."""
    return sha256(endpoint.encode()).hexdigest()


def _is_service(endpoint: str) -> bool:
    found = ADDRESS.fullmatch(endpoint) if len(endpoint) <= LONGEST else None
    host = found[1].lower() if found else ""
    return any(host == each.removeprefix(".") or (each[0] == "." and host.endswith(each)) for each in SERVICES)


def _is_point(p256dh: str) -> bool:
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _raw(p256dh))
    except ValueError:
        return False
    return True


def _raw(text: str) -> bytes:
    """Nothing for what is no base64url."""
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4)) if len(text) <= 100 else b""
    except ValueError:
        return b""
