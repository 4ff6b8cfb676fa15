"""When a network wants to be asked again, in the ways that networks write it. What cannot be read is None."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from host import now

FARTHEST = timedelta(days=32)  # no network's window is longer; beyond it somebody's clock or unit is wrong
LONG = timedelta(days=800)  # nor the life of a token that ends at all


def retry_after(answer: httpx.Response) -> datetime | None:
    """`Retry-After`: seconds, or an HTTP date."""
    text = answer.headers.get("retry-after", "")
    if text.strip().isdecimal():
        return in_seconds(text)
    with suppress(ValueError, TypeError):
        found = parsedate_to_datetime(text)
        return _near(found if found.tzinfo else found.replace(tzinfo=UTC))
    return None


def in_seconds(text: object, farthest: timedelta = FARTHEST) -> datetime | None:
    """So many seconds from now, as a number or its digits."""
    with suppress(ValueError, TypeError, OverflowError):
        return _near(now() + timedelta(seconds=float(str(text))), farthest)
    return None


def epoch(text: str) -> datetime | None:
    """Seconds since 1970."""
    with suppress(ValueError, OverflowError, OSError):
        return _near(datetime.fromtimestamp(float(text), UTC))
    return None


def iso(text: str) -> datetime | None:
    """ISO 8601; without a zone it is UTC."""
    with suppress(ValueError):
        found = datetime.fromisoformat(text)
        return _near(found if found.tzinfo else found.replace(tzinfo=UTC))
    return None


def _near(found: datetime, farthest: timedelta = FARTHEST) -> datetime | None:
    return found.astimezone(UTC) if abs(found - now()) <= farthest else None
