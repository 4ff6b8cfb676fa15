"""A day of activity as the page shows it: three columns, and the hours side by side."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from werkzeug.utils import cached_property

from host.clock import now
from host.filters.window import begin
from host.i18n import _, ngettext
from host.models import Card, Event
from host.web import eventwords
from host.web.eventwords import EventWords
from host.web.excerpts import excerpts
from host.web.happenings import COLUMNS, Happenings

MOST = 100  # entries of a column
MOST_ALONE = 1000  # where it is shown alone


@dataclass(frozen=True)
class Entry:
    """A line of a column; `excerpt` is the beginning of what was written."""

    words: EventWords
    card: Card
    excerpt: str = ""


@dataclass(frozen=True)
class Head:
    """What stands above a column; `hidden` are those beyond the ones that are shown."""

    name: str
    title: str
    count: int
    hidden: int


class DayView:
    """One day; `only` is the one column that is shown, or nothing for all. `url` makes addresses of the same page for
    another day or column."""

    def __init__(self, happenings: Happenings, day: date, url: Callable[..., str], only: str = "") -> None:
        self.happenings = happenings
        self.day = day
        self.url = url
        self.columns = (only,) if only in COLUMNS else COLUMNS
        self.most = MOST_ALONE if only in COLUMNS else MOST

    @property
    def title(self) -> str:
        """“Today”, “Yesterday”, or the day."""
        days = (now().astimezone(self.happenings.viewer.timezone).date() - self.day).days
        return {0: _("Today"), 1: _("Yesterday")}.get(days) or f"{self.day:%A}, {self.day.day} {self.day:%B %Y}"

    @cached_property
    def heads(self) -> list[Head]:
        titles = {"added": _("Added"), "updated": _("Updated"), "done": _("Done")}
        counts = self.happenings.counts(self.day)
        return [
            Head(name, titles[name], counts[name], counts[name] - min(counts[name], self.most)) for name in self.columns
        ]

    @cached_property
    def hours(self) -> list[tuple[str, list[list[Entry]]]]:
        """(“14:00”, its entries by column), the latest first; an hour in which nothing happened is left out."""
        found = {name: self.happenings.events(self.day, name, self.most) for name in self.columns}
        shown = [event for events in found.values() for event in events]
        words, texts = eventwords.told_by_id(shown), excerpts(shown)
        hours = sorted({self._hour(event) for event in shown}, reverse=True)
        return [(hour, [self._entries(found[name], hour, words, texts) for name in self.columns]) for hour in hours]

    @cached_property
    def earlier(self) -> date | None:
        """The last day before it with something to tell."""
        return self.happenings.last_day(begin(self.day, self.happenings.viewer.timezone))

    @property
    def gap(self) -> str:
        """About the days between it and that one."""
        days = (self.day - self.earlier).days - 1 if self.earlier else 0
        return ngettext("Nothing on one day between.", "Nothing on %(n)s days between.", days) if days > 0 else ""

    @property
    def earlier_url(self) -> str | None:
        return self.url(day=self.earlier.isoformat()) if self.earlier else None

    @property
    def later_url(self) -> str | None:
        """The next day, unless that is ahead."""
        today = now().astimezone(self.happenings.viewer.timezone).date()
        return self.url(day=(self.day + timedelta(days=1)).isoformat()) if self.day < today else None

    def column_url(self, name: str) -> str:
        return self.url(day=self.day.isoformat(), only=name)

    def _entries(
        self, events: Sequence[Event], hour: str, words: Mapping[int, EventWords], texts: Mapping[int, str]
    ) -> list[Entry]:
        return [
            Entry(words[event.id], event.card, texts.get(event.id, ""))
            for event in events
            if event.card and event.id in words and self._hour(event) == hour
        ]

    def _hour(self, event: Event) -> str:
        return f"{event.at.astimezone(self.happenings.viewer.timezone):%H}:00"
