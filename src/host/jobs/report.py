"""One line in the log for each run of a job."""

import logging

from host.jobs.claim import Claim

log = logging.getLogger(__name__)

SLOW = 10  # seconds
LONGEST = 500  # characters of what it says; the job itself keeps all
LEVELS = {"done": logging.INFO, "again": logging.WARNING, "taken-over": logging.WARNING}


def log_each_run() -> None:
    """Also those that went well: otherwise the program's log has but warnings."""
    log.setLevel(logging.INFO)


def report(claim: Claim, outcome: str, says: str | None = None) -> None:
    """`job=12 task=entropy.sweep attempt=1 outcome=done took=0.031 says='rested 3 cards'`, and a warning for what was
    slow or did not go well. `says` is a summary or an error; what is kept of the job has the traceback."""
    took = claim.took
    level = max(LEVELS.get(outcome, logging.ERROR), logging.WARNING if took >= SLOW else logging.INFO)
    text = "job=%s task=%s attempt=%s outcome=%s took=%.3f says=%r"
    log.log(level, text, claim.job_id, claim.task, claim.attempt, outcome, took, (says or "")[:LONGEST])
