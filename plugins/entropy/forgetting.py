"""Old runs go: what rested a month ago is nobody's mistake any more, and can be woken like anything else."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, tuple_

from host import Card, OldRows, RetentionRule, _, db
from plugins.entropy.respite import Respite
from plugins.entropy.rested import Rested
from plugins.entropy.run import Run

Row = tuple[int, int | None]  # a run and one of its cards, or the run itself


class OldRuns:
    """Runs with their cards. These go first, in batches: with the run itself they would all go in one statement."""

    def count(self, before: datetime) -> int:
        return db.session.scalar(select(func.count()).select_from(Run).where(_old(before))) or 0

    def find(self, before: datetime, most: int) -> Sequence[Row]:
        cards = select(Rested.run_id, Rested.card_id).join(Run, Run.id == Rested.run_id).where(_old(before))
        found: list[Row] = [(run_id, card_id) for run_id, card_id in db.session.execute(cards.limit(most))]
        return found or [(id, None) for id in db.session.scalars(select(Run.id).where(_old(before)).limit(most))]  # noqa: A001

    def remove(self, _before: datetime, found: Sequence[Row]) -> int:
        cards = [(run_id, card_id) for run_id, card_id in found if card_id is not None]
        db.session.execute(delete(Rested).where(tuple_(Rested.run_id, Rested.card_id).in_(cards)))
        empty = [run_id for run_id, card_id in found if card_id is None]
        return len(db.session.scalars(delete(Run).where(Run.id.in_(empty)).returning(Run.id)).all())


def _old(before: datetime) -> ColumnElement[bool]:
    """Index: ix_entropy_run_at"""
    return Run.at < before


def _over(_before: datetime) -> ColumnElement[bool]:
    """Of cards that were touched since."""
    return select(Card.id).where(Card.id == Respite.card_id, Card.last_active_at > Respite.since).exists()


RULES = (
    RetentionRule("entropy.runs", _("Sweeps, with what an undo needs"), OldRuns(), days=30),
    RetentionRule("entropy.respites", _("Respites of cards that were touched since"), OldRows(Respite, _over)),
)
