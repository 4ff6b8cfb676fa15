"""`fallow tasks`: the periodic tasks, and running one now."""

import click

from host.commands import given, listing, show, show_one
from host.commands.running import running
from host.db import db
from host.errors import Fault
from host.i18n import _
from host.jobs import JobState, TaskRun, pauses
from host.jobs import listing as lists
from host.jobs.foreground import run_here
from host.jobs.known import periodic
from host.jobs.presence import presence


@click.group()
def tasks() -> None:
    """Periodic tasks: list them, look at one, run one now, pause one."""


@tasks.command("list")
@listing
def list_tasks() -> None:
    """Show every periodic task, its last run and its next."""
    with running():
        show((_row(row) for row in lists.tasks()), empty=_("No plugin that is on brings a periodic task."))


@tasks.command("show")
@click.argument("name")
@listing
def show_task(name: str) -> None:
    """Show a task, its next five times and its last runs."""
    with running():
        row = lists.task(name)
        told = _row(row)
        runs = [_run(run) for run in row.runs]
        if given().json:
            show_one(told | {"coming": [at.isoformat() for at in row.coming()], "runs": runs})
        else:
            show_one(told | {"next": ", ".join(f"{at:%Y-%m-%d %H:%M}" for at in row.coming())})
            click.echo()
            show(runs, empty=_("It has not run yet."))


@tasks.command("pause")
@click.argument("name")
def pause_task(name: str) -> None:
    """Let a task run no more by itself, until it is resumed. `run` goes on working."""
    with running():
        pauses.pause(name)
        db.session.commit()
        click.echo(_("%(name)s is paused.", name=name))


@tasks.command("resume")
@click.argument("name")
def resume_task(name: str) -> None:
    """Let a paused task run by itself again, from its next time on."""
    with running():
        pauses.resume(name)
        db.session.commit()
        click.echo(_("%(name)s runs by itself again.", name=name))


@tasks.command()
@click.argument("name")
@click.option("--dry-run", is_flag=True, help="Say what it would do, and do nothing.")
def run(name: str, dry_run: bool) -> None:
    """Run a task here and now, and say what it did. Works beside a running Fallow."""
    with running():
        click.echo(_previewed(name) if dry_run else _ran(name))


def _row(row: lists.TaskRow) -> dict[str, object]:
    last = row.last
    return {
        "task": row.periodic.name,
        "title": row.periodic.title,
        "runs": row.periodic.schedule.words,
        "last": last and (last.finished_at or last.started_at),
        "state": last and last.state.value,
        "summary": last and last.summary,
        "next": row.next,
        "paused": row.paused,
    }


def _run(run: TaskRun) -> dict[str, object]:
    return {
        "begun": run.started_at or run.created_at,
        "ended": run.finished_at,
        "state": run.state.value,
        "job": run.job_id,
        "summary": run.summary,
    }


def _previewed(name: str) -> str:
    preview = periodic(name).task.preview
    if preview is None:
        raise Fault(_("%(name)s cannot say beforehand what it would do.", name=name))
    words = preview()
    db.session.rollback()
    return words


def _ran(name: str) -> str:
    try:
        ended = run_here(name, while_waiting=_say_waiting)
    finally:
        presence().leave()
    if ended.state is not JobState.DONE:
        raise Fault(_failure(name, ended))
    return ended.summary or _("Done.")


def _failure(name: str, ended: TaskRun) -> str:
    where = _("`fallow jobs show %(id)s` has the rest", id=ended.job_id)
    return _("%(name)s failed: %(error)s (%(where)s)", name=name, error=ended.summary or ended.state, where=where)


def _say_waiting() -> None:
    click.echo(_("It is running already; waiting for its end."), err=True)
