"""A post as a file says it, before anybody knows whether it can be taken in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from plugins.publishing.states import Status

# What is still to come; the rest is history, and comes in as a draft.
PLANNED = frozenset({Status.SCHEDULED, Status.NEEDS_APPROVAL})


@dataclass(frozen=True)
class Aim:
    """Where it goes, by the name of a connection (`naming`), and when, if that is another time than the post's."""

    name: str
    at: datetime | None = None
    offset_seconds: int = 0


@dataclass(frozen=True)
class Shot:
    """A picture; without its bytes where the file had none."""

    name: str
    alt: str
    part: int
    data: bytes | None


@dataclass(frozen=True)
class Item:
    """`number` counts lines of a table or posts of a list, from 1, as people do; `errors` are what could not be read,
    `own` the times of networks' own, by network."""

    number: int
    texts: Sequence[str] = ("",)
    variants: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    aims: Sequence[Aim] = ()
    own: Mapping[str, datetime] = field(default_factory=dict)
    at: datetime | None = None
    zone: str | None = None
    card: int | None = None
    shared: bool = False
    status: Status = Status.SCHEDULED
    shots: Sequence[Shot] = ()
    errors: Sequence[str] = ()
    notes: Sequence[str] = ()

    @property
    def is_planned(self) -> bool:
        """It has a time, and did not say that it is only a draft or history."""
        timed = self.at is not None or bool(self.own) or any(aim.at for aim in self.aims)
        return timed and self.status in PLANNED
