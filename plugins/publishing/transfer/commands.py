"""`fallow publishing export`, `import` and `undo`."""

import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import click

from host import Fault, User, _, db, listing, ngettext, progress_bar, show, space_option, the_person, the_space
from plugins.publishing.transfer.batch import Import
from plugins.publishing.transfer.bringing import Wish
from plugins.publishing.transfer.export import KINDS, exported
from plugins.publishing.transfer.pages import undone
from plugins.publishing.transfer.report import Line, Report

NO_ID = 2**63  # more than a column of either database holds
user_option = click.option("--user", metavar="E-MAIL", help="Whose posts; the owner's of the space when left out.")


@click.command("export")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Where to write it; else printed."
)
@click.option("--format", "kind", type=click.Choice(sorted(KINDS)), default="json", show_default=True)
@user_option
@space_option
def export_posts(output: Path | None, kind: str, user: str | None, space: str | None) -> None:
    """Write all posts that a person may see into a file: JSON with everything, CSV for spreadsheets."""
    written = exported(_person(user, space), KINDS[kind])
    if output is None:
        sys.stdout.buffer.write(written)
        return
    try:
        output.write_bytes(written)
    except OSError as error:
        raise Fault(_("%(file)s cannot be written: %(error)s.", file=output, error=error.strerror)) from error


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--schedule", is_flag=True, help="Schedule what has a time; else all come in as drafts.")
@click.option("--keep-duplicates", is_flag=True, help="Bring in also what says the same as a post that is there.")
@click.option("--column", "meanings", multiple=True, metavar="TITLE=MEANING", help="What a column of a table means.")
@click.option("--dry-run", is_flag=True, help="Change nothing; print what would come in.")
@user_option
@listing
@space_option
def import_posts(
    file: Path, *, schedule: bool, keep_duplicates: bool, meanings: tuple[str, ...], dry_run: bool,
    user: str | None, space: str | None,
) -> None:  # fmt: skip
    """Bring in the posts of FILE, CSV or JSON: all of them, or none where something is wrong."""
    batch = Import.begin(BytesIO(_contents(file)), file.name, _person(user, space))
    wish = Wish.SCHEDULED if schedule else Wish.DRAFTS
    batch.choose(wish, leave_out=not keep_duplicates, meanings=dict(map(_meaning, meanings)))
    with progress_bar(_("Posts")) as progress:
        report = batch.run(progress)
    if dry_run or report.errors:
        db.session.rollback()
    else:
        db.session.commit()
    show(map(_row, report.lines), foot=_foot(report, None if dry_run else batch.id))
    if report.errors:
        raise Fault(ngettext("%(n)s post cannot be brought in.", "%(n)s posts cannot be brought in.", report.errors))


@click.command()
@click.argument("id", type=click.IntRange(1, NO_ID - 1))
def undo(id: int) -> None:  # noqa: A002
    """Delete what the import of this id brought, except what was changed since, or is out."""
    batch = db.session.get(Import, id)
    if batch is None:
        raise Fault(_("There is no such import."))
    gone, stayed = batch.undo()
    db.session.commit()
    click.echo(undone(gone, stayed))


def _person(user: str | None, space: str | None) -> User:
    return the_person(user, space) if user else the_space(space).owner


def _contents(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Fault(_("%(file)s cannot be read: %(error)s.", file=file, error=error.strerror)) from error


def _meaning(text: str) -> tuple[str, str]:
    title, _equals, meaning = text.rpartition("=")
    return title, meaning.strip().casefold()


def _row(line: Line) -> dict[str, Any]:
    state = "wrong" if line.errors else line.state
    said = " ".join([*line.errors, *line.notes])
    return {"row": line.number, "title": line.title, "at": line.at, "becomes": state, "says": said}


def _foot(report: Report, id: int | None) -> str:  # noqa: A002
    left = report.count("left_out")
    told = [
        ngettext("%(n)s draft", "%(n)s drafts", report.count("draft")),
        ngettext("%(n)s scheduled", "%(n)s scheduled", report.count("scheduled")),
        ngettext("%(n)s left out", "%(n)s left out", left),
    ]
    if report.errors:
        return _("Nothing was brought in.")
    done = _("Nothing was changed: this was a rehearsal.")
    if id is not None:
        done = _("`fallow publishing undo %(id)s` takes it back.", id=id)
    return f"{', '.join(told)}. {done}"
