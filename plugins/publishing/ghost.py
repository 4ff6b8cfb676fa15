"""A ghost: a post that is to come and is not there yet, for calendars."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Ghost:
    """`at` is when it would go out, `networks` on which by their names, `url` where it is decided."""

    at: datetime
    title: str
    url: str
    networks: Sequence[str] = ()
