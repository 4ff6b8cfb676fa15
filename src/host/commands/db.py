"""`fallow db`: the database's version and health."""

import click

from host import migrate
from host.commands import listing, show
from host.commands.running import running
from host.db import db, reading
from host.errors import Fault
from host.health import row_faults
from host.i18n import _
from host.plugging import plugins


@click.group("db")
def database() -> None:
    """The database: its version and health."""


@database.command()
def upgrade() -> None:
    """Bring the database to this version's tables, after a copy of the file."""
    with running():
        failed = [each for each in plugins().found.values() if each.standing == "failed"]
    if failed:
        raise Fault(" ".join(f"{each.name}: {each.reason}" for each in failed))
    click.echo(_("The database is at the newest version."))


@database.command()
@listing
def current() -> None:
    """Show the version of the host's tables and of each plugin's."""
    with running(upgrade=False):
        show(
            {"owner": each.owner, "version": ", ".join(each.current) or None, "newest": each.newest}
            for each in migrate.versions(db.engine, plugins())
        )


@database.command()
def check() -> None:
    """Look for damage, rows that point nowhere, and cards whose place is not what their rows say."""
    with running(upgrade=False):
        if late := migrate.pending(db.engine, plugins()):
            names = ", ".join(late)
            raise Fault(_("Not at this program's version: %(names)s. Run `fallow db upgrade`.", names=names))
        with reading():
            found = list(row_faults())
        if found:
            raise Fault(" ".join(found))
        click.echo(_("The database is in order."))
