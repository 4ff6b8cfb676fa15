"""`fallow jobs`: what waits, runs and failed, and what to do about it."""

from collections.abc import Iterator

import click
from sqlalchemy import Select

from host.commands import given, listing, show, show_one
from host.commands.running import running
from host.db import LARGEST, db
from host.i18n import _, ngettext
from host.jobs import Job, JobState, pauses
from host.jobs import listing as lists
from host.jobs.mending import bring_forward, discard, find, retry, retry_all
from host.jobs.outcome import last_line

STATES = [state.value for state in JobState]
NUMBER = click.IntRange(1, LARGEST)


@click.group()
def jobs() -> None:
    """Jobs: list them, look at one, try a failed one again, pause all."""


@jobs.command("list")
@click.option("--state", type=click.Choice(STATES), help="Only those in this state.")
@click.option("--task", help="Only those of this task, or of this plugin.")
@click.option("--limit", type=NUMBER, default=100, show_default=True, help="At most so many.")
@listing
def list_jobs(state: str | None, task: str | None, limit: int) -> None:
    """Show jobs, the newest first; those that wait in the order in which they are due."""
    with running():
        query = lists.jobs(JobState(state) if state else None, task).limit(limit)
        show(_rows(query), empty=_("There is no such job.") if state or task else _("There are no jobs."))


@jobs.command("show")
@click.argument("id", type=NUMBER)
@listing
def show_job(id: int) -> None:  # noqa: A002
    """Show one job, with its payload and its last traceback."""
    with running():
        job = find(id)
        told = _row(job) | {"key": job.key, "payload": job.payload, "worker": job.worker, "created": job.created_at}
        told |= {"progress": _progress(job), "started": job.started_at, "finished": job.finished_at}
        if given().json:
            show_one(told | {"error": job.error})
        else:
            show_one(told)
            click.echo(f"\n{job.error}".rstrip() if job.error else "", nl=bool(job.error))


@jobs.command("retry")
@click.argument("id", type=NUMBER, required=False)
@click.option("--all", "every", is_flag=True, help="All failed jobs instead of one.")
@click.option("--task", help="With --all: only those of this task, or of this plugin.")
def retry_job(id: int | None, every: bool, task: str | None) -> None:  # noqa: A002
    """Run a failed job again, or all of them."""
    if (id is None) is not every or (task and not every):
        raise click.UsageError(_("Give the id of a job, or --all, perhaps with --task."))
    with running():
        said = _retry_all(task) if id is None else _retry(id)
        db.session.commit()
        click.echo(said)


@jobs.command("discard")
@click.argument("id", type=NUMBER)
def discard_job(id: int) -> None:  # noqa: A002
    """Throw away a job that failed, waits or is parked."""
    with running():
        discard(id)
        db.session.commit()
        click.echo(_("Job %(id)s is gone.", id=id))


@jobs.command("run")
@click.argument("id", type=NUMBER)
def run_job(id: int) -> None:  # noqa: A002
    """Let a job that waits for a later time run at once."""
    with running():
        bring_forward(id)
        db.session.commit()
        click.echo(_("Job %(id)s is due now.", id=id))


@jobs.command("pause")
def pause_jobs() -> None:
    """Let no worker begin a job, until they are resumed. What runs is finished."""
    with running():
        pauses.pause_all()
        db.session.commit()
        click.echo(_("No job begins until `fallow jobs resume`."))


@jobs.command("resume")
def resume_jobs() -> None:
    """Let workers begin jobs again."""
    with running():
        pauses.resume_all()
        db.session.commit()
        click.echo(_("Jobs run again."))


def _retry(id: int) -> str:  # noqa: A002
    retry(id)
    return _("Job %(id)s waits to run again.", id=id)


def _retry_all(task: str | None) -> str:
    if not (again := retry_all(task)):
        return _("There is no job to run again.")
    return ngettext("%(n)s job waits to run again.", "%(n)s jobs wait to run again.", again)


def _rows(query: Select[Job]) -> Iterator[dict[str, object]]:
    return (_row(job) for job in db.session.scalars(query))


def _row(job: Job) -> dict[str, object]:
    return {
        "id": job.id,
        "task": job.task,
        "state": job.shown_state.value,
        "due": job.run_at,
        "tries": f"{job.attempts}/{job.most_attempts}",
        "says": last_line(job.error) if job.error else job.summary,
    }


def _progress(job: Job) -> str | None:
    """“300 of 1000”, “300”; nothing where the job has not said."""
    if job.progress is None:
        return None
    return _("%(n)s of %(of)s", n=job.progress, of=job.progress_of) if job.progress_of else str(job.progress)
