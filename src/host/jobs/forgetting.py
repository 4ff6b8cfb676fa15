"""What is long over: jobs that were done, and runs of periodic tasks."""

from host.jobs.job import Job, JobState, TaskRun
from host.plugging.retention import OldRows

# Those that failed stay until somebody acts. Index: ix_job_finished_at_state
OLD_JOBS = OldRows(Job, lambda before: (Job.state == JobState.DONE) & (Job.finished_at < before))
ENDED = (JobState.DONE, JobState.FAILED)
OLD_RUNS = OldRows(TaskRun, lambda before: (TaskRun.created_at < before) & TaskRun.state.in_(ENDED))
