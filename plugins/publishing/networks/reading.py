"""What a network says, read without trust: it may be no JSON, and its parts may be missing or of another kind."""

from collections.abc import Mapping
from typing import Any

import httpx


def json_object(answer: httpx.Response) -> Mapping[str, Any]:
    """The answer's JSON object; an empty one where there is none."""
    try:
        found = answer.json()
    except (ValueError, RecursionError):  # a UnicodeDecodeError is a ValueError
        return {}
    return found if isinstance(found, dict) else {}


def part(of: Any, *path: str) -> Any:
    """What lies at this path of objects within objects; None where it does not."""
    for name in path:
        of = of.get(name) if isinstance(of, Mapping) else None
    return of


def words(of: Any, *path: str) -> str:
    """The text or the whole number at this path, as text; empty where there is none."""
    found = part(of, *path)
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    return found if isinstance(found, str) else ""


def listed(of: Any, *path: str) -> list[Any]:
    """The list at this path; empty where there is none."""
    found = part(of, *path)
    return found if isinstance(found, list) else []
