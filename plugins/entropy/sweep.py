"""The sweep: every hour, what was left untouched for too long goes to rest."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from host import Account, RecordedEvent, _, checkpoint, db, now, postpone_where, task
from plugins.entropy import preview
from plugins.entropy.groups import Group, groups
from plugins.entropy.tally import tally

BATCH = 1000  # cards in one transaction, so that nobody who wants to write waits for long


@task("entropy.sweep", preview=preview.summary)
def run() -> str:
    """Rest all cards that are due by now. What is touched meanwhile stays awake: each batch looks again."""
    at = now()
    rested = Counter(event.board_id for group in groups() for event in _swept(group, at))
    return _("rested %(tally)s", tally=tally(rested.values())) if rested else _("nothing to rest")


def _swept(group: Group, at: datetime) -> Iterator[RecordedEvent]:
    while True:
        owner = db.session.get_one(Account, group.account_id).owner
        # The moment names the sweep in each event: people hear of all its cards in one word.
        batch = postpone_where(group.due(at), by=owner, limit=BATCH, sweep=at.isoformat())
        checkpoint()
        yield from batch
        if len(batch) < BATCH:  # none left, or only such that somebody touches at this moment
            return
