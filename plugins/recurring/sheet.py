"""What stands in the form of a queue: as it is kept, or as somebody typed it and has not saved it yet."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from host import Invalid, User, _, db, name_here, now, read_zone
from plugins.recurring.changing import MOST_EVERY, Plan
from plugins.recurring.queue import Mode, Queue
from plugins.recurring.rhythm import LAST, Unit

WEEK = 7  # days; a week is nothing but so many of them
WEEKS = "weeks"
UNKNOWN = datetime(LAST.year, 1, 1)  # noqa: DTZ001 -- a time on a wall
UTC_ITSELF = ZoneInfo("UTC")
FIELDS = ("every", "unit", "day", "time", "zone", "max_executions", "end_date", "mode", "grace_hours")

T = TypeVar("T")
W = TypeVar("W", bound=StrEnum)


@dataclass(frozen=True)
class Sheet:
    """All is text, as a browser sends it, but for the options of the kind. `what` is a kind and how people name the
    original: `post:12`. `begins` is what the day and the time stood for when the form was drawn."""

    what: str = ""
    every: str = "7"
    unit: str = Unit.DAYS
    day: str = ""
    time: str = ""
    zone: str = ""
    max_executions: str = ""
    end_date: str = ""
    skip_dates: Sequence[str] = ()
    mode: str = Mode.FIXED
    grace_hours: str = ""
    shared: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)
    begins: datetime | None = None

    @classmethod
    def new(cls, what: str, person: User) -> "Sheet":
        """For tomorrow at the next full hour that no other queue of theirs has."""
        zone = _zone_of(person)
        begins = _free_hour(person, read_zone(zone))
        return cls(what=what, day=f"{begins:%Y-%m-%d}", time=f"{begins:%H:%M}", zone=zone)

    @classmethod
    def of(cls, queue: Queue) -> "Sheet":
        plan = Plan.of(queue)
        return cls(
            what=f"{queue.kind}:{queue.original_id}",
            every=str(plan.every),
            unit=plan.unit,
            day=f"{plan.begins:%Y-%m-%d}",
            time=f"{plan.begins:%H:%M}",
            zone=queue.zone,
            max_executions=_shown(plan.most),
            end_date=_shown(plan.end_date),
            skip_dates=queue.skip_dates,
            mode=plan.mode,
            grace_hours=_shown(plan.grace_hours),
            shared=plan.shared,
            options=plan.options,
            begins=plan.begins,
        )

    def typed(self, form: MultiDict[str, str]) -> "Sheet":
        """With what was sent; its options are still those that it had."""
        sent: dict[str, Any] = {name: form[name] for name in FIELDS if name in form}
        what = form.get("what", self.what)
        skipped = [day for day in form.getlist("skip_date") if day]
        return replace(self, **sent, what=what, skip_dates=skipped, shared="shared" in form)

    @property
    def kind(self) -> str:
        return self.what.rpartition(":")[0]

    @property
    def named(self) -> int:
        """0 for what names nothing."""
        named = self.what.rpartition(":")[2]
        return int(named) if re.fullmatch(r"[0-9]{1,18}", named, re.ASCII) else 0

    def plan(self) -> Plan:
        """Raises Invalid by all fields that are wrong."""
        wrong: dict[str, Sequence[str]] = {}
        zone = _read(wrong, lambda: read_zone(self.zone), UTC_ITSELF)
        begins = _read(wrong, self._begins, UNKNOWN)
        plan = Plan(
            _read(wrong, self._days, 1),
            begins,
            zone,
            _read(wrong, self._unit, Unit.DAYS),
            _read(wrong, lambda: _word(Mode, self.mode, "mode"), Mode.FIXED),
            _limit(self.max_executions),
            _read(wrong, lambda: _day(self.end_date, "end_date") if self.end_date else None, None),
            _read(wrong, lambda: frozenset(_day(each, "skip_dates") for each in self.skip_dates), frozenset[date]()),
            _limit(self.grace_hours),
            self.shared,
            self.options,
        )
        _read(wrong, plan.check, None)
        if self.begins is None:  # of one that is changed, only another time is looked at
            _read(wrong, plan.check_end, None)
            _read(wrong, plan.check_begin, None)
        if wrong:
            raise Invalid(wrong)
        return plan

    def _days(self) -> int:
        """Or months. What is no number is refused as 0 is."""
        number = _number(self.every) or 0
        if self.unit != WEEKS:
            return number
        most = MOST_EVERY[Unit.DAYS] // WEEK
        if not 1 <= number <= most:
            raise Invalid({"every": [_("A whole number from 1 to %(most)s.", most=most)]})
        return number * WEEK

    def _unit(self) -> Unit:
        return Unit.DAYS if self.unit == WEEKS else _word(Unit, self.unit, "unit")

    def _begins(self) -> datetime:
        """A time that was left as it was shown means what it meant, to the second."""
        try:
            typed = datetime.fromisoformat(f"{self.day}T{self.time}").replace(tzinfo=None)
        except ValueError as error:
            raise Invalid({"next_time": [_("Choose a day and a time.")]}) from error
        as_shown = self.begins is not None and typed == self.begins.replace(second=0, microsecond=0)
        return self.begins if as_shown and self.begins else typed


def _read(wrong: dict[str, Sequence[str]], read: Callable[[], T], otherwise: T) -> T:
    """What it reads, or that instead: then what is wrong is noted, where nothing was yet of that field."""
    try:
        return read()
    except Invalid as invalid:
        wrong.update({name: said for name, said in invalid.errors.items() if name not in wrong})
        return otherwise


def _number(text: str) -> int | None:
    """None for what is no whole number, however some would read it."""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text.strip(), re.ASCII) else None


def _word(words: type[W], text: str, name: str) -> W:
    try:
        return words(text)
    except ValueError as error:
        raise Invalid({name: [_("Choose one of these.")]}) from error


def _limit(text: str) -> int | None:
    """None for an empty field; 0, which no limit may be, for what is no number."""
    return (_number(text) or 0) if text.strip() else None


def _day(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise Invalid({name: [_("Choose a day.")]}) from error


def _shown(value: date | int | None) -> str:
    return "" if value is None else str(value)


def _zone_of(person: User) -> str:
    return person.zone or name_here()


def _free_hour(person: User, zone: ZoneInfo) -> datetime:
    local = now().astimezone(zone).replace(minute=0, second=0, microsecond=0, tzinfo=None)
    tomorrow = local.date() + timedelta(days=1)
    mine = Queue.of(person).where(Queue.owner_id == person.id, Queue.next_time.is_not(None))
    times = [at.astimezone(zone) for at in db.session.scalars(mine.with_only_columns(Queue.next_time)) if at]
    taken = {at.hour for at in times if at.date() == tomorrow}
    hours = [(local.hour + step) % 24 for step in range(1, 25)]
    hour = next((each for each in hours if each not in taken), hours[0])
    return datetime.combine(tomorrow, datetime.min.time()).replace(hour=hour)
