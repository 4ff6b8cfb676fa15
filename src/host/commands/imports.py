"""`fallow import`: boards from elsewhere."""

import json
import sys
from pathlib import Path

import click

from host.commands import given, listing
from host.commands.progress import progress_bar
from host.commands.running import running
from host.commands.space import space_option, the_space
from host.db import db
from host.errors import Fault
from host.i18n import _
from host.transfer.trello import Dates, Report, import_trello


@click.group("import")
def imports() -> None:
    """Bring in boards from elsewhere."""


@imports.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--board", "board_name", metavar="NAME", help="The new board's name; Trello's when left out.")
@click.option(
    "--dates",
    type=click.Choice([each.value for each in Dates]),
    default=Dates.FRESH.value,
    show_default=True,
    help="keep: each card keeps its last activity. fresh: its clock starts now.",
)
@click.option("--dry-run", is_flag=True, help="Change nothing; print what would be taken over.")
@listing
@space_option
def trello(file: Path, board_name: str | None, dates: str, dry_run: bool, space: str | None) -> None:
    """Take over the board in FILE, the JSON that Trello exports, as a new board."""
    data = contents(file)
    with running():
        owner = the_space(space).owner
        with progress_bar(_("Cards")) as progress:
            report = import_trello(data, by=owner, board_name=board_name, dates=Dates(dates), progress=progress)
        if dry_run:
            db.session.rollback()
            report.board_id = None
        else:
            db.session.commit()
    _tell(report, rehearsed=dry_run)


def contents(file: Path) -> bytes:
    """The bytes of the file, or of standard input for `-`. Raises Fault when it cannot be read."""
    try:
        return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except IsADirectoryError as error:
        raise Fault(_("%(file)s is a folder; name the JSON file of one board.", file=file)) from error
    except OSError as error:
        raise Fault(_("%(file)s cannot be read: %(error)s.", file=file, error=error.strerror)) from error


def _tell(report: Report, *, rehearsed: bool) -> None:
    if given().json:
        click.echo(json.dumps(report.as_json(), indent=2, ensure_ascii=False))
        return
    for line in report.lines():
        click.echo(line)
    if rehearsed:
        click.echo(_("Nothing was changed: this was a rehearsal."))
