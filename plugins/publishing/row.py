"""A line under "Where and when": a connection, whether the post goes there, its time, and how that stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from host import User, _, local_time, ngettext, now, short_day
from plugins.publishing.connection import Connection
from plugins.publishing.ending import ends_before
from plugins.publishing.glyph import Glyph
from plugins.publishing.looks import LOOKS, Look
from plugins.publishing.scheduling import MOVABLE
from plugins.publishing.sheet import MINUTE
from plugins.publishing.states import State
from plugins.publishing.target import Target

SOON = timedelta(hours=2)


@dataclass(frozen=True)
class Row:
    connection: Connection
    target: Target | None
    glyph: Glyph
    chosen: bool
    own_at: str  # as its field has it; empty: it follows the post's
    post_at: str  # that time
    errors: Sequence[str] = ()
    note: str = ""  # of its own time, where clocks change

    @property
    def state(self) -> State | None:
        return self.target.shown_state if self.target else None

    @property
    def look(self) -> Look | None:
        return LOOKS[self.state] if self.state else None

    @property
    def words(self) -> str:
        """How it stands; of what waits, when it goes out."""
        if self.target is None or self.look is None:
            return ""
        waits = self.state is State.SCHEDULED and self.target.due_at is not None
        return until(self.target.due_at) if waits and self.target.due_at else self.look.words

    @property
    def is_fixed(self) -> bool:
        """It is on its way or out."""
        return self.target is not None and self.target.is_fixed

    @property
    def may_be_timed(self) -> bool:
        return self.target is None or self.target.state in MOVABLE

    @property
    def has_own_time(self) -> bool:
        return bool(self.own_at) or not self.chosen

    @property
    def follows(self) -> str:
        """The time that it goes out at for want of its own, as a field has it."""
        if self.has_own_time:
            return ""
        return self.due if self.target and self.target.offset_seconds and self.target.own_at is None else self.post_at

    @property
    def due(self) -> str:
        """When it goes out, or was to, as a field has it."""
        at = self.target.due_at if self.target else None
        return local_time(at).strftime(MINUTE) if at else ""

    @property
    def due_words(self) -> str:
        at = self.target and (self.target.published_at or self.target.due_at)
        return f"{short_day(at)}, {local_time(at):%H:%M}" if at else ""

    @property
    def may_cancel(self) -> bool:
        return self.state in (State.SCHEDULED, State.HELD, State.NEEDS_APPROVAL, State.MISSED)

    @property
    def may_go(self) -> bool:
        """Once more, or at another time."""
        return self.target is not None and self.target.state in MOVABLE and self.state is not State.DRAFT

    @property
    def ends(self) -> str:
        """A word where our access ends before the post is due."""
        return ends_before(self.target) if self.target else ""


def until(at: datetime, person: User | None = None) -> str:
    """In how long, as people say it."""
    left = at - now()
    if left <= timedelta(minutes=1):
        return _("Now")
    if left < SOON:
        return ngettext("In %(n)s min", "In %(n)s min", int(left.total_seconds() // 60))
    days = (local_time(at, person).date() - local_time(now(), person).date()).days
    return {0: _("Today"), 1: _("Tomorrow")}.get(days) or short_day(at, person)
