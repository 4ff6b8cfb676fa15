"""The versions of LinkedIn's API: one for each month, and each is retired after about a year, by a plain refusal (426).

So we begin with a month that has been good, and go on month by month until one is taken.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

VERSION = re.compile(r"20\d\d(?:0[1-9]|1[0-2])")
BEHIND = 3  # months, where none is known: old enough to be there, young enough to last
MOST = 36  # months that are tried: nobody's program has slept for longer


def versions(profile: Mapping[str, Any], at: datetime) -> Iterator[str]:
    """The one that was good last, and those after it up to last month's."""
    last = at.year * 12 + at.month - 2
    known = str(profile.get("version", ""))
    first = _months(known) if VERSION.fullmatch(known) else last - BEHIND + 1
    yield _named(first)
    for month in range(max(first + 1, last - MOST), last + 1):
        yield _named(month)


def _months(version: str) -> int:
    return int(version[:4]) * 12 + int(version[4:]) - 1


def _named(months: int) -> str:
    return f"{months // 12}{months % 12 + 1:02}"
