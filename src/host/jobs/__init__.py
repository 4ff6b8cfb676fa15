"""Jobs: whatever is to happen later is a row written with the change that asks for it (law 1)."""

from host.jobs.declare import Periodic, Schedule, Subscription, Task, cron, every, task
from host.jobs.job import Job, JobState, TaskRun
from host.jobs.queue import cancel, schedule

__all__ = ["Job", "JobState", "Periodic", "Schedule", "Subscription", "Task", "TaskRun", "cancel", "cron", "every", "schedule", "task"]
