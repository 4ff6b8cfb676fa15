"""Old runs go: what rested a month ago is nobody's mistake any more, and can be woken like anything else."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select

from host import Card, _, checkpoint, db, ngettext, now, task
from plugins.entropy.respite import Respite
from plugins.entropy.rested import Rested
from plugins.entropy.run import Run

KEPT = timedelta(days=30)
BATCH = 1000  # rows in one transaction


def preview() -> str:
    """How many runs would go now."""
    return _words(db.session.scalar(select(func.count()).select_from(Run).where(_old(now() - KEPT))) or 0)


@task("entropy.forget_runs", preview=preview)
def run() -> str:
    """Remove the runs that are older than thirty days, and the respites that have lost their meaning."""
    old = db.session.scalars(select(Run.id).where(_old(now() - KEPT))).all()
    for run_id in old:
        _forget(run_id)
    _forget_respites()
    return _words(len(old))


def _forget(run_id: int) -> None:
    """Its cards first, in batches: with the run itself they would all go in one statement."""
    cards = select(Rested.card_id).where(Rested.run_id == run_id).limit(BATCH)
    while ids := db.session.scalars(cards).all():
        db.session.execute(delete(Rested).where(Rested.run_id == run_id, Rested.card_id.in_(ids)))
        checkpoint()
    db.session.execute(delete(Run).where(Run.id == run_id))
    checkpoint()


def _forget_respites() -> None:
    """Of cards that were touched since."""
    over = select(Respite.card_id).join(Card, Card.id == Respite.card_id).where(Card.last_active_at > Respite.since)
    while ids := db.session.scalars(over.limit(BATCH)).all():
        db.session.execute(delete(Respite).where(Respite.card_id.in_(ids)))
        checkpoint()


def _old(before: datetime) -> ColumnElement[bool]:
    """Index: ix_entropy_run_at"""
    return Run.at < before


def _words(runs: int) -> str:
    return ngettext("%(n)s sweep forgotten", "%(n)s sweeps forgotten", runs) if runs else _("nothing to forget")
