"""The sweep: every hour, what was left untouched for too long goes to rest."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby

from sqlalchemy import select
from werkzeug.utils import cached_property

from host import Account, Card, Flock, Pace, User, _, checkpoint, db, now, task
from plugins.entropy import preview
from plugins.entropy.glance import glance
from plugins.entropy.groups import Group, groups
from plugins.entropy.run import Run, Undone
from plugins.entropy.tally import tally

CHOSEN = 100_000  # cards that are looked up at once


@task("entropy.sweep", preview=preview.summary)
def run() -> str:
    """Rest all cards that are due by now. What is touched meanwhile stays awake: each batch looks again."""
    at, pace = now(), Pace()
    rested: Counter[int] = Counter()
    for account_id, theirs in groupby(glance(groups), key=lambda group: group.account_id):
        Sweep(account_id, at, pace, rested).over(theirs)
    return _("rested %(tally)s", tally=tally(rested.values())) if rested else _("nothing to rest")


@dataclass
class Sweep:
    """The part of a sweep that concerns one space."""

    account_id: int
    at: datetime
    pace: Pace
    rested: Counter[int]  # how many cards of each board
    run_id: int | None = None  # of its record, once there is something to write down

    def over(self, found: Iterable[Group]) -> None:
        """Batch by batch, each committed, until nothing is due or somebody undoes what we do."""
        try:
            for group in found:
                while self._found_many(group):
                    pass  # there may be more
        except Undone:
            db.session.rollback()

    @cached_property
    def owner(self) -> User:
        return db.session.get_one(Account, self.account_id).owner

    def _found_many(self, group: Group) -> bool:
        ids = glance(partial(_stale, group, self.at))
        before, due = self.rested.total(), group.due(self.at)
        for part in self.pace.cut(sorted(ids)):
            db.session.connection()  # the write lock, for which we may have to wait
            with self.pace.holding(len(part)):
                self._rest(Flock.awake(part, due))
                checkpoint(soon_again=True)
        return len(ids) == CHOSEN and self.rested.total() > before

    def _rest(self, flock: Flock) -> None:
        """All cards of a sweep rest at its moment, by which an undo knows what nobody has touched since. The moment
        also names the sweep in each event: people hear of all its cards in one word."""
        if not flock.ids:
            return
        self.run_id = Run.grow(self.run_id, self.account_id, self.at, flock)
        batch = flock.postpone(self.owner, at=self.at, sweep=self.at.isoformat())
        self.rested.update(batch.board_ids)


def _stale(group: Group, at: datetime) -> Sequence[int]:
    """The longest untouched first. Index: ix_card_awake"""
    due = select(Card.id).where(group.due(at)).order_by(Card.last_active_at, Card.id)
    return db.session.scalars(due.limit(CHOSEN)).all()
