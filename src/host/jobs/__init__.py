"""Jobs: whatever is to happen later is a row written with the change that asks for it (law 1)."""

from typing import TYPE_CHECKING

from host.jobs.claim import Claim, LeaseLost, TimeLimitExceeded
from host.jobs.doorbell import DistantBell
from host.jobs.job import Job, JobState, TaskPause, TaskRun
from host.jobs.presence import Presence
from host.jobs.queue import cancel, reschedule, schedule
from host.jobs.run import checkpoint, current_job, drain
from host.jobs.subscriptions import schedule_subscribers
from host.plugging.tasks import Periodic, Priority, Schedule, Subscription, Task, cron, every, task

if TYPE_CHECKING:
    from flask import Flask

__all__ = [
    "Claim",
    "Job",
    "JobState",
    "LeaseLost",
    "Periodic",
    "Priority",
    "Schedule",
    "Subscription",
    "Task",
    "TaskPause",
    "TaskRun",
    "TimeLimitExceeded",
    "cancel",
    "checkpoint",
    "cron",
    "current_job",
    "drain",
    "every",
    "init",
    "reschedule",
    "schedule",
    "schedule_subscribers",
    "task",
]


def init(app: "Flask") -> None:
    """Give the app its name as a worker, and a bell. Starts nothing: that takes `host.jobs.consumer`."""
    fallow = app.extensions["fallow"]
    fallow.doorbell = DistantBell(app)
    app.extensions["fallow.jobs"] = Presence(fallow.config.data)
