"""The page of one queue: what it made and what became of that, what is to come, and what its original says by now."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from werkzeug.utils import cached_property

from host import User, _, ngettext
from plugins.recurring.forecast import Coming, coming, skipped_days
from plugins.recurring.queue import Queue
from plugins.recurring.recurrence import Fate
from plugins.recurring.row import Row, rows
from plugins.recurring.run import Outcome, Run

AT_ONCE, NEXT = 20, 10
LOOKS = {
    Outcome.MADE: ("ok", "check", _("Made")),
    Outcome.SKIPPED: ("draft", "cross", _("Left out")),
    Outcome.FAILED: ("failed", "warn", _("Failed")),
}


class History:
    """Its runs before that moment, or the latest."""

    def __init__(self, queue: Queue, person: User, before: datetime | None = None) -> None:
        self.queue, self.person, self.before = queue, person, before

    @cached_property
    def row(self) -> Row:
        return rows([self.queue], self.person)[0]

    @cached_property
    def coming(self) -> Sequence[Coming]:
        return coming(self.queue, NEXT)

    @property
    def left_out(self) -> Sequence[date]:
        return skipped_days(self.queue)

    @property
    def runs(self) -> Sequence[Run]:
        return self._found[:AT_ONCE]

    @property
    def earlier(self) -> Run | None:
        """The last that is shown, where there are some before it."""
        return self.runs[-1] if len(self._found) > AT_ONCE else None

    @cached_property
    def fates(self) -> Mapping[int, Fate]:
        """Of what is shown, by its id."""
        made = {run.made_id for run in self.runs if run.made_id is not None}
        return self.row.kind.fates(made, self.person) if self.row.kind and made else {}

    @property
    def counted(self) -> str:
        """`12 made, 11 published, 1 left out`"""
        found = Run.counted(self.queue)
        made, skipped, failed = (found.get(each, 0) for each in (Outcome.MADE, Outcome.SKIPPED, Outcome.FAILED))
        told = [ngettext("%(n)s made", "%(n)s made", made)]
        told += [self.row.kind.told(self.queue.id)] if self.row.kind and made else []
        told += [_("%(n)s left out", n=skipped)] if skipped else []
        told += [_("%(n)s failed", n=failed)] if failed else []
        return ", ".join(each for each in told if each)

    @cached_property
    def outdated(self) -> Sequence[str] | None:
        """What its original said when it was repeated last, if it says something else by now."""
        run, kind, original = Run.last_in_its_own_words(self.queue), self.row.kind, self.row.original
        if run is None or not run.said or kind is None or original is None:
            return None
        return run.said if kind.changed(self.queue.original_id, run.said) else None

    def look(self, run: Run) -> tuple[str, str, str]:
        return LOOKS[run.outcome]

    @cached_property
    def _found(self) -> Sequence[Run]:
        return Run.of(self.queue, AT_ONCE + 1, self.before)
