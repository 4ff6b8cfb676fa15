"""How many jobs of a plugin run at once, over all workers: what `Plugin.jobs_at_once` allows."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, func, select

from host.db import db
from host.jobs.job import Job, JobState
from host.plugging import plugins

# On PostgreSQL two workers must not count at the same moment. Any number that nobody else locks by.
COUNTING = 0x66616C6C

Room = dict[str, int]


def room_left() -> Room:
    """How many more jobs of each limited plugin may begin now. Holds until the running transaction ends."""
    declared = [each.plugin for each in plugins().on if each.plugin is not None]
    room = {each.name: each.jobs_at_once for each in declared if each.jobs_at_once is not None}
    if not room:
        return {}
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(COUNTING)))
    running = select(Job.task, func.count()).where(Job.state == JobState.RUNNING).group_by(Job.task)
    for task, count in db.session.execute(running):
        plugin = task.partition(".")[0]
        if plugin in room:
            room[plugin] -= count
    return room


def full_of(room: Room) -> frozenset[str]:
    """The plugins of which no more jobs may begin."""
    return frozenset(plugin for plugin, left in room.items() if left <= 0)


def without(plugins: Iterable[str]) -> Iterable[ColumnElement[bool]]:
    """Jobs of other plugins."""
    return (~Job.belongs_to(plugin) for plugin in plugins)


def fitting(jobs: Sequence[Job], room: Room) -> list[Job]:
    """Those of them that may begin together."""
    left = dict(room)
    found = []
    for job in jobs:
        if left.setdefault(job.plugin, len(jobs)) > 0:
            left[job.plugin] -= 1
            found.append(job)
    return found
