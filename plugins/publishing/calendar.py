"""What a calendar shows of somebody's posts: each once on every day on which some of it goes out."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from werkzeug.utils import cached_property

from host import User, db, now
from plugins.publishing.coming import Coming, coming
from plugins.publishing.connection import Connection
from plugins.publishing.glyph import Glyph, glyphs_of
from plugins.publishing.looks import ALWAYS, DRAFT, SOMETIMES, Look, look_of
from plugins.publishing.platform import Platform
from plugins.publishing.platforms import platforms
from plugins.publishing.post import Post, title_of
from plugins.publishing.span import Span, View
from plugins.publishing.states import State
from plugins.publishing.target import Target

HOUR = timedelta(hours=1)
MOST_DRAFTS = 40  # without a time; the newest
# What a day may be changed of: all that waits, or did not come out.
MOVED = frozenset({State.DRAFT, State.NEEDS_APPROVAL, State.SCHEDULED, State.HELD, State.FAILED, State.MISSED})


@dataclass(frozen=True)
class Entry:
    """A post on a day. `at` is the first of its times on it, by the clock of whoever looks; None for no time yet."""

    post_id: int
    title: str
    look: Look
    at: datetime | None
    glyphs: Sequence[Glyph]
    movable: bool


@dataclass(frozen=True)
class Day:
    date: date
    entries: Sequence[Entry | Coming]
    past: bool
    out: bool  # of another month
    today: bool


@dataclass(frozen=True)
class Sign:
    """A way to narrow the calendar."""

    look: Look
    count: int
    on: bool


class Calendar:
    """`only` are the looks that are shown, by key; all where there is none. Asks the database three times,
    and the plugins that know of posts to come once each."""

    def __init__(self, person: User, span: Span, only: Collection[str] = ()) -> None:
        self.person, self.span, self.only = person, span, set(only)
        self.today = now().astimezone(person.timezone).date()

    @cached_property
    def weeks(self) -> Sequence[Sequence[Day]]:
        return [self.days[begin : begin + 7] for begin in range(0, len(self.days), 7)]

    @cached_property
    def days(self) -> Sequence[Day]:
        by_day: dict[date, list[tuple[datetime, Entry | Coming]]] = defaultdict(list)
        for each in self._all:
            if each.at and self._shows(each):
                by_day[each.at.date()].append((each.at.astimezone(UTC), each))
        return [self._day(day, _in_order(by_day[day])) for day in self.span.days]

    @cached_property
    def drafts(self) -> Sequence[Entry]:
        """Those that have no time yet."""
        return [entry for entry in self._entries if entry.at is None and self._shows(entry)]

    @property
    def first_open(self) -> date:
        """The first day of those shown on which there is an hour left; today's, where all have gone by."""
        soon = (now() + HOUR).astimezone(self.person.timezone).date()
        return next((day for day in self.span.days if day >= soon), soon)

    @cached_property
    def signs(self) -> Sequence[Sign]:
        counts = Counter(each.look.key for each in self._all)
        shown = [*ALWAYS, *(each for each in SOMETIMES if counts[each.key])]
        return [Sign(each, counts[each.key], not self.only or each.key in self.only) for each in shown]

    @cached_property
    def _entries(self) -> Sequence[Entry]:
        """The earlier first, those without a time last."""
        found = [*self._with_time(), *self._without_targets_time()]
        return sorted(found, key=lambda entry: (entry.at is None, entry.at and entry.at.timestamp(), entry.post_id))

    @property
    def _all(self) -> Sequence[Entry | Coming]:
        return [*self._entries, *self._coming]

    @cached_property
    def _coming(self) -> Sequence[Coming]:
        begin, end = self.span.moments(self.person.timezone)
        return coming(self.person, begin, end, self._networks)

    def _shows(self, entry: Entry | Coming) -> bool:
        return not self.only or entry.look.key in self.only

    def _day(self, day: date, entries: Sequence[Entry | Coming]) -> Day:
        out = day.month != self.span.day.month and self.span.view is View.MONTH
        return Day(day, entries, past=day < self.today, out=out, today=day == self.today)

    def _with_time(self) -> Sequence[Entry]:
        """Index: ix_publishing_target_account_id_due_at"""
        begin, end = self.span.moments(self.person.timezone)
        of = (Target.post_id, Target.state, Target.due_at, Post.texts, Connection.platform, Connection.held_why)
        due = select(*of).join(Target.post).join(Target.connection)
        due = due.where(Target.account_id == self.person.account_id, Target.due_at >= begin, Target.due_at < end)
        rows = db.session.execute(due.where(Post.seen_by(self.person)).order_by(Target.due_at, Target.id)).all()
        by_day = defaultdict(list)
        for row in rows:
            by_day[self._local(row.due_at).date(), row.post_id].append(row)
        return [self._entry(some) for some in by_day.values()]

    def _entry(self, rows: Sequence[Any]) -> Entry:
        states = [_shown(row) for row in rows]
        return Entry(
            rows[0].post_id,
            title_of(rows[0].texts),
            look_of(states),
            self._local(rows[0].due_at),
            self._glyphs(row.platform for row in rows),
            movable=any(state in MOVED for state in states),
        )

    def _without_targets_time(self) -> Sequence[Entry]:
        """Drafts whose targets say nothing of a time, or that have none. Index: ix_publishing_post_account_id_at"""
        begin, end = self.span.moments(self.person.timezone)
        timed = select(Target.id).where(Target.post_id == Post.id, Target.due_at.is_not(None)).exists()
        when = Post.at.is_(None) | ((Post.at >= begin) & (Post.at < end))
        found = select(Post.id, Post.texts, Post.at).where(Post.seen_by(self.person), when, ~timed)
        rows = db.session.execute(found.order_by(Post.updated_at.desc()).limit(MOST_DRAFTS)).all()
        platforms_of = self._platforms([row.id for row in rows])
        return [
            Entry(
                row.id,
                title_of(row.texts),
                DRAFT,
                row.at and self._local(row.at),
                self._glyphs(platforms_of[row.id]),
                movable=True,
            )
            for row in rows
        ]

    def _platforms(self, posts: Collection[int]) -> Mapping[int, Sequence[str]]:
        """By the post."""
        named = select(Target.post_id, Connection.platform).join(Target.connection).where(Target.post_id.in_(posts))
        found: dict[int, list[str]] = defaultdict(list)
        for post_id, platform in db.session.execute(named.order_by(Target.id)):
            found[post_id].append(platform)
        return found

    def _glyphs(self, names: Iterable[str]) -> Sequence[Glyph]:
        return glyphs_of(names, self._networks)

    @cached_property
    def _networks(self) -> Mapping[str, Platform]:
        return platforms()

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self.person.timezone)


def _in_order(timed: Iterable[tuple[datetime, Entry | Coming]]) -> Sequence[Entry | Coming]:
    return [each for _at, each in sorted(timed, key=lambda pair: pair[0])]


def _shown(row: Any) -> State:
    return State.HELD if row.state is State.SCHEDULED and row.held_why else row.state
