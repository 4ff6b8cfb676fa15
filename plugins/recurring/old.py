"""Runs that made nothing can be read about for a year. What was made stays for as long as its queue: it is counted, and
the words that it said are what the next run is compared with."""

from datetime import datetime

from sqlalchemy import ColumnElement

from host import OldRows, RetentionRule, _
from plugins.recurring.run import Outcome, Run


def empty(before: datetime) -> ColumnElement[bool]:
    """Index: ix_recurring_run_empty"""
    return (Run.outcome != Outcome.MADE) & (Run.at < before)


RUNS = RetentionRule("recurring.runs", _("Runs of queues that made nothing"), OldRows(Run, empty), days=365)
