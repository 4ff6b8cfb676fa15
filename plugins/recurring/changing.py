"""What a person does with a queue: make one, change it, pause it, go on with it, run it now, delete it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import inspect

from host import Fault, Invalid, User, _, db, moment_of, ngettext, now, publish_live
from plugins.recurring.kinds import require_kind
from plugins.recurring.queue import LONGEST_TITLE, Mode, Queue, Status
from plugins.recurring.rhythm import FIRST, LAST, Unit, first_from, later_by
from plugins.recurring.run import Run
from plugins.recurring.serving import GONE, run_by_hand

MOST_EVERY = {Unit.DAYS: 3660, Unit.MONTHS: 120}
MOST_RUNS, MOST_SKIPPED = 10_000, 400
MOST_GRACE = 366 * 24  # hours
TOPIC = "queues"  # what open pages listen for
COMPLETED = _("This queue is completed.")


@dataclass(frozen=True)
class Plan:
    """When a queue runs, and how often, as a person decides it. `begins` is the wall clock's time of the next run."""

    every: int
    begins: datetime
    zone: ZoneInfo
    unit: Unit = Unit.DAYS
    mode: Mode = Mode.FIXED
    most: int | None = None
    end_date: date | None = None
    skip_dates: frozenset[date] = frozenset()
    grace_hours: int | None = None
    shared: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, queue: Queue) -> "Plan":
        """As it is. What has no next time begins, for now, where it ran last."""
        begins = queue.next_time or queue.last_time or queue.created_at
        return cls(
            queue.every,
            begins.astimezone(queue.clock).replace(tzinfo=None),
            queue.clock,
            queue.unit,
            queue.mode,
            queue.max_executions,
            queue.end_date,
            frozenset(date.fromisoformat(day) for day in queue.skip_dates),
            queue.grace_hours,
            queue.shared,
            queue.options,
        )

    @property
    def first(self) -> datetime:
        return moment_of(self.begins, self.zone).at

    def check(self) -> None:
        """Raises Invalid by fields."""
        errors = {
            "every": self._wrong_every(),
            "max_executions": self._wrong_number(self.most, MOST_RUNS),
            "grace_hours": self._wrong_number(self.grace_hours, MOST_GRACE),
            "skip_dates": _("At most %(n)s days.", n=MOST_SKIPPED) if len(self.skip_dates) > MOST_SKIPPED else None,
        }
        if any(errors.values()):
            raise Invalid({name: [said] for name, said in errors.items() if said})

    def check_end(self) -> None:
        """Raises Invalid for a last day that has gone by."""
        if self.end_date and self.end_date < self._today:
            raise Invalid({"end_date": [_("This day has gone by.")]})

    def check_begin(self) -> None:
        """Raises Invalid for a first run that is not to come."""
        if self.begins.date() < FIRST or self.begins.date() > LAST.replace(year=now().year + 10):
            raise Invalid({"next_time": [_("Choose a time within ten years from now.")]})
        if self.first <= now():
            raise Invalid({"next_time": [_("Choose a time that is to come.")]})
        if self.end_date and self.begins.date() > self.end_date:
            raise Invalid({"end_date": [_("It ends before it begins.")]})

    @property
    def _today(self) -> date:
        return now().astimezone(self.zone).date()

    def _wrong_every(self) -> str | None:
        most = MOST_EVERY[self.unit]
        if 1 <= self.every <= most:
            return None
        return _("A whole number from 1 to %(most)s.", most=most)

    def _wrong_number(self, number: int | None, most: int) -> str | None:
        if number is None or 1 <= number <= most:
            return None
        return _("A whole number from 1 to %(most)s, or nothing.", most=most)


def create(kind_name: str, named: int, plan: Plan, by: User) -> Queue:
    """Of what they name so. Active, with its first run at the time that was given. Raises Invalid by fields, NotFound
    and Forbidden for what is not theirs to repeat."""
    queue = drawn_up(kind_name, named, plan, by)
    db.session.add(queue)
    db.session.flush()
    show(queue)
    return queue


def drawn_up(kind_name: str, named: int, plan: Plan, by: User) -> Queue:
    """What `create` would make, for a look at it: nothing is kept. Raises the same."""
    kind = require_kind(kind_name)
    original = kind.require(named, by)
    plan.check()
    plan.check_end()
    plan.check_begin()
    queue = Queue(
        account_id=by.account_id,
        owner=by,
        kind=kind.name,
        original_id=original.id,
        title=original.title[:LONGEST_TITLE],
        executions=0,
        status=Status.ACTIVE,
    )
    _write(queue, plan, kind.checked(plan.options, original.id, by))
    _begin(queue, plan)
    return queue


def update(queue: Queue, plan: Plan, by: User) -> str:
    """What changed of its days is counted from its last run; another time of the next run holds as it is given. What
    comes of it beyond that, in a sentence. Raises Invalid by fields."""
    said = _take(queue, plan, by)
    show(queue)
    return said


def rehearsed(queue: Queue, plan: Plan, by: User) -> tuple[Queue, str]:
    """A copy as `update` would leave it, and what it would say: nothing is kept. Raises the same."""
    columns = {each.key: getattr(queue, each.key) for each in inspect(Queue).column_attrs}
    copy = Queue(**columns, owner=queue.owner)
    return copy, _take(copy, plan, by)


def pause(queue: Queue, by: User) -> None:
    """Raises Fault for one that does not run."""
    if queue.status is not Status.ACTIVE:
        raise Fault(_("This queue is paused already.") if queue.status is Status.PAUSED else COMPLETED)
    queue.pause(_("Paused by %(name)s.", name=by.name))
    show(queue)


def resume(queue: Queue) -> None:
    """It goes on one interval from now at the earliest, at its time of the day: nothing happens at once. Raises Fault
    for one that is not paused."""
    if queue.status is not Status.PAUSED:
        raise Fault(_("This queue runs already.") if queue.status is Status.ACTIVE else COMPLETED)
    soonest = later_by(now(), queue.every, queue.unit, queue.clock)
    queue.anchor = first_from(soonest, queue.local_time, queue.clock)
    queue.start()
    queue.go_on_from(queue.rhythm.moment(queue.anchor))
    show(queue)


def run_now(queue: Queue) -> Run:
    """Beside its series. Raises Fault for one that is completed, and with what stands in the way."""
    if queue.status is Status.COMPLETED:
        raise Fault(COMPLETED)
    run = run_by_hand(queue, now())
    show(queue)
    return run


def delete(queue: Queue) -> None:
    """With its history. What it made stays."""
    show(queue)
    db.session.delete(queue)
    db.session.flush()


def show(queue: Queue) -> None:
    """On open pages of those who may see it."""
    people = None if queue.shared else [queue.owner_id] if queue.owner_id else []
    publish_live(TOPIC, account_id=queue.account_id, to=people)


def _take(queue: Queue, plan: Plan, by: User) -> str:
    before, last = Plan.of(queue), _last_day(queue, plan.mode)
    kind = require_kind(queue.kind)
    if kind.original(queue.original_id) is None:
        raise Fault(GONE)
    plan.check()
    if plan.end_date != before.end_date:
        plan.check_end()
    same = plan.options == before.options  # an admin may not know what a member's queue repeats
    checked = queue.options if same else kind.checked(plan.options, queue.original_id, by)
    moved = plan.begins != before.begins
    if moved:
        plan.check_begin()
    if last is not None and (plan.every, plan.unit) != (before.every, before.unit):
        queue.anchor = last
    days = (plan.every, plan.unit, plan.zone, plan.skip_dates)
    recount = days != (before.every, before.unit, before.zone, before.skip_dates)
    _write(queue, plan, checked)
    return _follow(queue, plan, last, moved=moved, recount=recount)


def _write(queue: Queue, plan: Plan, options: dict[str, Any]) -> None:
    queue.every, queue.unit, queue.mode, queue.zone = plan.every, plan.unit, plan.mode, plan.zone.key
    queue.max_executions, queue.end_date, queue.grace_hours = plan.most, plan.end_date, plan.grace_hours
    queue.skip_dates = sorted(day.isoformat() for day in plan.skip_dates)
    queue.shared, queue.options = plan.shared, options


def _begin(queue: Queue, plan: Plan) -> None:
    queue.anchor, queue.local_time = plan.begins.date(), plan.begins.time()
    queue.go_on_from(plan.first)


def _last_day(queue: Queue, mode: Mode) -> date | None:
    """On which it ran last, by the clock that it had until now."""
    last = queue.last_ran_at if mode is Mode.ROLLING else queue.last_time
    return last.astimezone(queue.clock).date() if last else None


def _follow(queue: Queue, plan: Plan, last: date | None, *, moved: bool, recount: bool) -> str:
    """Have its next time be what is now said of it; what a person should know of that."""
    was_completed = queue.status is Status.COMPLETED
    if queue.is_over:
        runs = ngettext("%(n)s run", "%(n)s runs", queue.executions)
        queue.complete(_("All runs are done."))
        return "" if was_completed else _("It has made %(runs)s already, so it is completed.", runs=runs)
    if was_completed:
        queue.start()
    if moved:
        _begin(queue, plan)
    elif recount:
        _count_anew(queue, last)
    elif queue.next_time is None:
        queue.go_on(now())
    else:
        queue.go_on_from(queue.next_time)
    if queue.status is Status.COMPLETED:
        return "" if was_completed else _("No run is left before its last day, so it is completed.")
    return _("It runs again.") if was_completed else ""


def _count_anew(queue: Queue, last: date | None) -> None:
    """On the days of its series, after the last on which it ran and not before now."""
    if last is not None:
        queue.go_on(max(queue.rhythm.moment(last), now()))
    else:
        queue.go_on_from(max(queue.rhythm.moment(queue.anchor), now()))
