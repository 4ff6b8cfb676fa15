"""The job and the run of a periodic task."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from host.clock import now
from host.db import Id, Model, words
from host.plugging.tasks import Priority

WAITING = "state = 'waiting'"
UNENDED = "state IN ('waiting', 'running', 'parked')"
AHEAD = f"lane IS NOT NULL AND {UNENDED}"
UNFINISHED = "state IN ('waiting', 'running')"


class JobState(StrEnum):
    WAITING = "waiting"
    SCHEDULED = "scheduled"  # how a waiting job is shown whose time is ahead; never stored
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    PARKED = "parked"


class Job(Model):
    __tablename__ = "job"
    __table_args__ = (
        # A key is unique among jobs that wait; one that runs may be asked for again.
        Index("ux_job_key", "key", unique=True, sqlite_where=text(WAITING), postgresql_where=text(WAITING)),
        # The claim reads what waits, in order; the counts and the bell read the rest.
        Index(
            "ix_job_claim",
            "priority",
            "run_at",
            "id",
            sqlite_where=text(WAITING),
            postgresql_where=text(WAITING),
        ),
        Index(None, "state", "run_at", "id"),
        # What a job of a lane has to wait for.
        Index("ix_job_lane", "lane", "id", sqlite_where=text(AHEAD), postgresql_where=text(AHEAD)),
        # Jobs per hour, and what may be thrown away.
        Index(None, "finished_at", "state"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    task: Mapped[str] = mapped_column(String(80))  # <plugin>.<task>
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    key: Mapped[str | None] = mapped_column(String(200))
    lane: Mapped[str | None] = mapped_column(String(200))  # jobs of one lane run one after another
    priority: Mapped[int] = mapped_column(SmallInteger, default=Priority.NORMAL)
    state: Mapped[JobState] = mapped_column(words(JobState), default=JobState.WAITING)
    run_at: Mapped[datetime] = mapped_column(default=now)
    attempts: Mapped[int] = mapped_column(default=0)  # raised at each claim; it fences the result
    most_attempts: Mapped[int] = mapped_column(default=5)
    worker: Mapped[str | None] = mapped_column(String(120))
    lease_until: Mapped[datetime | None]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    progress: Mapped[int | None] = mapped_column(BigInteger)  # how much of `progress_of` is done, perhaps in bytes
    progress_of: Mapped[int | None] = mapped_column(BigInteger)
    summary: Mapped[str | None] = mapped_column(String(500))
    error: Mapped[str | None] = mapped_column(Text)  # the last traceback
    created_at: Mapped[datetime] = mapped_column(default=now)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    @classmethod
    def belongs_to(cls, name: str) -> ColumnElement[bool]:
        """To the task of this name, `<plugin>.<task>`, or to any task of the plugin of this name."""
        return cls.task == name if "." in name else cls.task.startswith(f"{name}.", autoescape=True)

    @property
    def plugin(self) -> str:
        return self.task.partition(".")[0]

    @property
    def shown_state(self) -> JobState:
        waits = self.state is JobState.WAITING and self.run_at > now()
        return JobState.SCHEDULED if waits else self.state


class TaskRun(Model):
    """One run of a periodic task; the slot makes each scheduled one unique, a run asked for by hand has none.

    Its state follows its job's.
    """

    __tablename__ = "task_run"
    __table_args__ = (
        UniqueConstraint("task", "slot"),
        Index(None, "task", "id"),
        # Never two at a time of one task, however many workers there are.
        Index(
            "ux_task_run_unfinished",
            "task",
            unique=True,
            sqlite_where=text(UNFINISHED),
            postgresql_where=text(UNFINISHED),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    task: Mapped[str] = mapped_column(String(80))
    slot: Mapped[datetime | None]
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id", ondelete="SET NULL"), index=True)
    state: Mapped[JobState] = mapped_column(words(JobState), default=JobState.WAITING)
    summary: Mapped[str | None] = mapped_column(String(500))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class TaskPause(Model):
    """A periodic task that somebody has paused, or had: what was due meanwhile is not caught up. Of the name `*` it is
    about all jobs."""

    __tablename__ = "task_pause"

    task: Mapped[str] = mapped_column(String(80), primary_key=True)
    paused_at: Mapped[datetime] = mapped_column(default=now)
    resumed_at: Mapped[datetime | None]
    paused_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
