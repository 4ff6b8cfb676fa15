"""Restoring a backup: whole, or not at all, whenever the power goes."""

import logging
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from host.backups import archive, staging
from host.backups.making import made
from host.backups.manifest import Manifest, NotABackup
from host.backups.present import Copy, present
from host.backups.shelf import Shelf, Sort
from host.backups.verifying import unpack
from host.clock import now
from host.db import db
from host.errors import Fault
from host.files.folder import storage
from host.i18n import _, ngettext
from host.jobs import Job, JobState

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Restored:
    """`before` is the copy of what was there; `lost` counts secrets that no key of ours opens."""

    manifest: Manifest
    before: Path
    lost: int


def restore(path: Path, passphrase: str | None = None) -> Restored:
    """The installation as it was when the backup was made; a copy of the present one is put on the shelf first. Ends
    the running transaction. Afterwards all jobs are paused.

    All is made ready aside. Contents of files are added, none is ever taken away, so they harm nobody; then the
    database changes in one transaction, and that decides: the copy of the present state is made within it, when nobody
    else can write. Raises Fault with the reason, and then nothing has changed.
    """
    here, shelf = present(), Shelf()
    _require_rest()
    db.session.commit()
    try:
        with shelf.alone(), archive.scratch_folder(shelf.data) as scratch:
            with archive.opened(path, passphrase, scratch) as found:
                staged = scratch / "staged" / "fallow.db"
                staged.parent.mkdir()
                unpack(found, staged)
                lost = _fit(staged, found.manifest)
                _add_contents(found)
                before = shelf.place(Sort.BEFORE)
                here.put(staged, first=lambda copy: _keep(copy, before, scratch, here.where))
            shelf.rotate()
    except (OSError, sqlite3.Error, DBAPIError) as error:
        said = getattr(error, "strerror", None) or error
        raise Fault(_("The backup cannot be restored: %(error)s.", error=said)) from error
    log.warning("restored %s; the state before is in %s", path, before)
    return Restored(found.manifest, before, lost)


def _require_rest() -> None:
    """What a job does amid a restore would be written half into the one state and half into the other."""
    running = select(func.count()).select_from(Job).where(Job.state == JobState.RUNNING, Job.lease_until > now())
    if count := db.session.scalar(running) or 0:
        sentence = ngettext("%(n)s job is running just now.", "%(n)s jobs are running just now.", count)
        raise Fault(sentence + " " + _("Pause all jobs, wait for the end of those that run, then restore."))


def _keep(copy: Copy, before: Path, scratch: Path, where: str) -> None:
    """Nobody else writes from here on until the database is another, so that nothing is in neither."""
    try:
        made(before, scratch, copy)
    except NotABackup as error:
        damaged = _("The present database is damaged, so no copy can be made of it. Move %(path)s aside, then restore.")
        raise Fault(damaged % {"path": where}) from error


def _fit(staged: Path, manifest: Manifest) -> int:
    staging.upgrade(current_app.extensions["fallow"].config, staged)
    lost = staging.seal_anew(staged, manifest.keys)
    staging.pause_jobs(staged)
    return lost


def _add_contents(found: archive.Archive) -> None:
    for sha in found.manifest.contents:
        with found.content(sha) as source:
            storage().put(source)
