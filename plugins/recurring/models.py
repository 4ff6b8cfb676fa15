"""All tables of recurring queues, in one place to import: relationships name each other's classes."""

from plugins.recurring.gaps import Gaps
from plugins.recurring.queue import Queue
from plugins.recurring.run import Run

__all__ = ["Gaps", "Queue", "Run"]
