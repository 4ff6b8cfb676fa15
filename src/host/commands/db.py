"""`fallow db`: the database's version and health."""

from collections.abc import Iterator

import click
from sqlalchemy import func, select, text

from host import migrate
from host.commands import listing, show
from host.commands.running import running
from host.db import db
from host.errors import Fault
from host.i18n import _, ngettext
from host.models.card.consistency import misplaced
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
        if found := list(faults()):
            raise Fault(" ".join(found))
        click.echo(_("The database is in order."))


def faults() -> Iterator[str]:
    """What is wrong with the rows, a sentence each."""
    if db.engine.dialect.name == "sqlite":
        yield from _damage()
    wrong = db.session.scalar(select(func.count()).select_from(misplaced().subquery()))
    if wrong:
        yield ngettext("%(n)s card is in a wrong place.", "%(n)s cards are in a wrong place.", wrong)


def _damage() -> Iterator[str]:
    said = db.session.execute(text("PRAGMA integrity_check")).scalars().all()
    if said != ["ok"]:
        yield _("The file is damaged: %(said)s.", said=said[0])
    if dangling := db.session.execute(text("PRAGMA foreign_key_check")).all():
        tables = ", ".join(sorted({str(row[0]) for row in dangling}))
        yield _("Rows point to what is gone, in %(tables)s.", tables=tables)
