"""Encrypting what is pushed (RFC 8291) and signing who pushes it (RFC 8292).

By a library that is an extra and takes long to load: it is loaded when something is sent.
"""

from datetime import timedelta
from importlib.util import find_spec
from urllib.parse import urlsplit

from host import absolute_url, now

GOOD_FOR = timedelta(hours=12)  # services take at most a day


def there() -> bool:
    """Whether anything can be pushed here: `pip install 'fallow[push]'`."""
    return find_spec("pywebpush") is not None


def encrypted(data: bytes, endpoint: str, p256dh: str, auth: str) -> bytes:
    """For the browser alone whose keys these are; in the encoding `aes128gcm`."""
    from pywebpush import WebPusher

    browser = WebPusher({"endpoint": endpoint, "keys": {"p256dh": p256dh, "auth": auth}})
    return bytes(browser.encode(data)["body"])


def authorization(endpoint: str, private: str) -> str:
    """The header by which a service knows that this comes from whoever the browser gave the address to."""
    from py_vapid import Vapid02

    signer = Vapid02.from_raw(private.encode())
    signer.conf = {"no-strict": True}  # else a machine without a domain may not sign
    service = urlsplit(endpoint)
    claims = {
        "aud": f"{service.scheme}://{service.netloc}",
        "exp": int((now() + GOOD_FOR).timestamp()),
        "sub": _whom_to_ask(),
    }
    return str(signer.sign(claims)["Authorization"])


def _whom_to_ask() -> str:
    """Where a service may turn to when something of ours troubles it: an https address, or one of mail."""
    ours = urlsplit(absolute_url("/"))
    return f"https://{ours.netloc}" if ours.scheme == "https" else f"mailto:fallow@{ours.hostname}"
