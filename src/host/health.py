"""Looking the installation over: the data folder, the database, the plugins, the jobs."""

import shutil
from collections.abc import Iterator

from flask import current_app
from sqlalchemy import func, select, text

from host import migrate
from host.db import db, reading
from host.finding import Finding
from host.i18n import _, ngettext
from host.lost_secrets import count_lost
from host.mail.finding import look_at_mail
from host.models.card.consistency import misplaced
from host.plugging import plugins
from host.stuck import why_stuck

LITTLE_SPACE = 200 * 1024 * 1024  # bytes


def look_over() -> Iterator[Finding]:
    """Everything about the app whose context is pushed; it writes nothing."""
    yield _data_folder()
    if late := migrate.pending(db.engine, plugins()):
        says = _("Not at this program's version: %(names)s.", names=", ".join(late))
        remedy = _("Run `fallow db upgrade`. If it names a newer Fallow, start that one.")
        yield Finding("database", says, remedy)
        return
    with reading():
        yield _rows()
        yield from _secrets()
        yield from look_at_mail()
        yield from _plugins()
        yield from _jobs()


def row_faults() -> Iterator[str]:
    """What is wrong with the rows of the database, a sentence each."""
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


def _data_folder() -> Finding:
    folder = current_app.extensions["fallow"].config.data
    if shutil.disk_usage(folder).free < LITTLE_SPACE:
        return Finding("data folder", _("Hardly any room is left beside %(folder)s.", folder=folder), _("Make room."))
    return Finding("data folder", str(folder))


def _rows() -> Finding:
    if found := " ".join(row_faults()):
        return Finding("database", found, _("Restore the newest copy in `backups` that is in order."))
    return Finding("database", _("In order, at the newest version."))


def _secrets() -> Iterator[Finding]:
    if lost := count_lost():
        says = ngettext("%(n)s secret cannot be read.", "%(n)s secrets cannot be read.", lost)
        remedy = _("Put the `encryption.key` that they were made with back, or enter them anew.")
        yield Finding("secrets", says, remedy)


def _plugins() -> Iterator[Finding]:
    failed = [each for each in plugins() if each.standing == "failed"]
    for each in failed:
        remedy = _("`fallow plugins check %(name)s` says why, `disable` switches it off.", name=each.name)
        yield Finding("plugins", f"{each.name}: {each.reason}", remedy)
    if plugins().safe:
        yield Finding("plugins", _("Safe mode: none was started."), _("Start without FALLOW_SAFE once it is mended."))
    elif not failed:
        yield Finding("plugins", ngettext("%(n)s is on.", "%(n)s are on.", len(plugins().on)))


def _jobs() -> Iterator[Finding]:
    found = list(why_stuck())
    yield from found or [Finding("jobs", _("None is late, none has failed."))]
