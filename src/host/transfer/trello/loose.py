"""Reading values that may be missing, null or of another type than they should be: exports of many years differ."""

import math
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from host.models import typed

Thing = Mapping[str, Any]

OBJECT_ID = re.compile(r"[0-9a-f]{24}", re.IGNORECASE)
FIRST_ID = datetime(2011, 1, 1, tzinfo=UTC)  # Trello's first year


def text(value: Any) -> str:
    """The value as text that can be kept; a number as its digits; nothing for what is no text at all."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return typed.paragraphs(value if isinstance(value, str) else _digits(value))


def line(value: Any) -> str:
    """The text on one line."""
    return typed.line(text(value))


def number(value: Any, otherwise: float = math.inf) -> float:
    """A finite number, also one written as text; `otherwise` for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return otherwise
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return otherwise
    return found if math.isfinite(found) else otherwise


def moment(value: Any) -> datetime | None:
    """An ISO 8601 time as aware UTC; one without a zone is taken as UTC."""
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value.strip())
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def born(id: Any) -> datetime | None:  # noqa: A002
    """When Trello made the thing with this id: its first eight digits are seconds since 1970."""
    if not isinstance(id, str) or not OBJECT_ID.fullmatch(id):
        return None
    at = datetime.fromtimestamp(int(id[:8], 16), UTC)
    return at if at >= FIRST_ID else None


def identifier(value: Any) -> str:
    """An id; empty for none."""
    return text(value) if isinstance(value, str | int) else ""


def thing(value: Any) -> Thing:
    """A JSON object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def things(value: Any) -> Iterator[Thing]:
    """The objects of a JSON list; entries of another type are passed over."""
    return (each for each in (value if isinstance(value, list) else ()) if isinstance(each, dict))


def identifiers(value: Any) -> list[str]:
    """The ids of a JSON list, each once."""
    found = (identifier(each) for each in (value if isinstance(value, list) else ()))
    return [each for each in dict.fromkeys(found) if each]


def _digits(value: float) -> str:
    try:
        return str(value)
    except ValueError:  # Python refuses to write out a whole number of thousands of digits
        return ""
