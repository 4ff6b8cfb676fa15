"""A backup each day, and which of them stay."""

from datetime import timedelta

from host import Shelf, _, back_up, on_sqlite, task

LONGEST = timedelta(hours=6)


@task("backups.daily", time_limit=LONGEST)
def run() -> str:
    """On PostgreSQL its own tools do that by the clock, so here is nothing to do."""
    return made() if on_sqlite() else _("PostgreSQL has its own tools for this")


@task("backups.make", time_limit=LONGEST)
def make() -> str:
    """One that somebody asked for, on either database."""
    return made()


def made() -> str:
    """Onto the shelf."""
    name = back_up().name
    Shelf().rotate()
    return _("made %(name)s", name=name)
