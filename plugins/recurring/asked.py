"""What a program says of a queue, as a plan."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from host import Invalid, User, _, exact_moment, read_zone
from plugins.recurring.changing import Plan
from plugins.recurring.queue import Queue

NAMES = {"max_executions": "most"}  # where it is not the plan's own
AS_THEY_ARE = ("every", "unit", "mode", "max_executions", "end_date", "grace_hours", "shared", "options")
NOBODY_S = "UTC"  # the zone of who has chosen none


def plan_of(given: Mapping[str, Any], person: User) -> Plan:
    """Of a new queue. Raises Invalid by fields."""
    zone = read_zone(given.get("zone") or person.zone or NOBODY_S)
    return _changed(Plan(given["every"], _wall(given["next_time"], zone), zone), given)


def plan_for(queue: Queue, given: Mapping[str, Any]) -> Plan:
    """As it is, but for what is given. Another zone alone keeps its time of the day. Raises Invalid by fields."""
    plan = Plan.of(queue)
    zone = read_zone(given["zone"]) if "zone" in given else plan.zone
    begins = _wall(given["next_time"], zone) if "next_time" in given else plan.begins
    options = {**plan.options, **given.get("options", {})}
    return _changed(replace(plan, zone=zone, begins=begins), {**given, "options": options})


def _changed(plan: Plan, given: Mapping[str, Any]) -> Plan:
    values = {NAMES.get(name, name): given[name] for name in AS_THEY_ARE if name in given}
    if "skip_dates" in given:
        values["skip_dates"] = frozenset(given["skip_dates"])
    return replace(plan, **values)


def _wall(at: datetime, zone: ZoneInfo) -> datetime:
    """What the clock of the zone shows then. Raises Invalid for a time that clocks skip, or beyond the calendar."""
    if at.tzinfo is None:
        exact_moment(at, zone, "next_time")
        return at
    try:
        return at.astimezone(zone).replace(tzinfo=None, fold=0)
    except OverflowError as error:
        raise Invalid({"next_time": [_("Choose a day and a time.")]}) from error
