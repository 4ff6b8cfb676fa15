"""How a queue stands, as lists and its own page show it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from werkzeug.utils import cached_property

from host import User, _, local_time, ngettext, now
from plugins.recurring.kinds import kind_of
from plugins.recurring.queue import Queue, Status
from plugins.recurring.recurrence import Fate, Original, Recurrence
from plugins.recurring.rhythm import Unit
from plugins.recurring.run import Outcome, Run

MOST_PLOTS, BEFORE, AFTER = 24, 5, 6  # all of them, or those around the next
LONGEST_FACT = 40  # letters
PILLS = {
    Status.ACTIVE: ("play", _("Active")),
    Status.PAUSED: ("pause", _("Paused")),
    Status.COMPLETED: ("check", _("Completed")),
}


@dataclass(frozen=True)
class Row:
    """`last` is the run that made something last, `fate` what became of that."""

    queue: Queue
    reader: User
    kind: Recurrence | None = None
    original: Original | None = None
    last: Run | None = None
    fate: Fate | None = None

    @property
    def pill(self) -> tuple[str, str, str]:
        icon, words = PILLS[self.queue.status]
        return self.queue.status.value, icon, words

    @property
    def is_active(self) -> bool:
        return self.queue.status is Status.ACTIVE

    @property
    def is_paused(self) -> bool:
        return self.queue.status is Status.PAUSED

    @property
    def is_completed(self) -> bool:
        return self.queue.status is Status.COMPLETED

    @property
    def may_change(self) -> bool:
        return self.queue.may_change(self.reader)

    @property
    def whose(self) -> str:
        """Empty for one's own that nobody else sees."""
        if self.queue.owner_id == self.reader.id:
            return _("shared with the space") if self.queue.shared else ""
        return self.queue.owner.name if self.queue.owner else _("nobody's")

    @property
    def rhythm(self) -> str:
        every = self.queue.every
        if self.queue.unit is Unit.MONTHS:
            return ngettext("every month", "every %(n)s months", every)
        return ngettext("every day", "every %(n)s days", every)

    @property
    def at(self) -> str:
        """The time of the day; with the zone where its clocks show another time than the reader's."""
        at = f"{self.queue.local_time:%H:%M}"
        moment = self.queue.next_time or now()
        same = moment.astimezone(self.queue.clock).utcoffset() == local_time(moment).utcoffset()
        return at if same else _("%(time)s in %(zone)s", time=at, zone=self.queue.zone.replace("_", " "))

    @property
    def made(self) -> str:
        told = {"done": self.queue.executions, "most": self.queue.max_executions}
        return _("%(done)s of %(most)s", **told) if told["most"] else str(told["done"])

    @property
    def standing(self) -> str:
        """Why nothing is to come, where that fits among the facts."""
        reason = (self.queue.reason or "").removesuffix(".")
        short = 0 < len(reason) <= LONGEST_FACT
        return reason[:1].lower() + reason[1:] if short else PILLS[self.queue.status][1].lower()

    @property
    def reason(self) -> str:
        """The same where it does not fit."""
        reason = self.queue.reason or ""
        return reason if not self.is_active and len(reason.removesuffix(".")) > LONGEST_FACT else ""

    def lost(self, run: Run) -> bool:
        """Whether what it made is deleted; of what has no fate for this reader, as far as they would know otherwise."""
        mine = self.queue.owner_id == self.reader.id
        return run.outcome is Outcome.MADE and (run.made_id is None or mine)

    @cached_property
    def plots(self) -> Sequence[str]:
        """`done`, `next` or nothing for each run; of many only those around the next."""
        done, most = self.queue.executions, self.queue.max_executions
        begin, end = 0, most or 0
        if most is None or most > MOST_PLOTS:
            begin = max(done - BEFORE, 0)
            end = begin + BEFORE + 1 + AFTER
            end = min(end, most) if most else end
        if most is None and self.is_completed:
            end = done
        return [self._plot(number, done) for number in range(begin, end)]

    @property
    def plots_words(self) -> str:
        done, most = self.queue.executions, self.queue.max_executions
        if most:
            return _("%(done)s of %(most)s runs done", done=done, most=most)
        return ngettext("%(n)s run done", "%(n)s runs done", done)

    def _plot(self, number: int, done: int) -> str:
        if number < done:
            return "done"
        return "next" if number == done and self.is_active else ""


def rows(queues: Sequence[Queue], reader: User) -> Sequence[Row]:
    """A few statements a kind, however many queues there are."""
    last = Run.latest_made(queues) if queues else {}
    found: dict[int, Row] = {}
    for kind, some in _by_kind(queues):
        originals = kind.originals({queue.original_id for queue in some}, reader) if kind else {}
        made = {run.made_id for queue in some if (run := last.get(queue.id)) and run.made_id}
        fates: Mapping[int, Fate] = kind.fates(made, reader) if kind and made else {}
        for queue in some:
            run = last.get(queue.id)
            fate = fates.get(run.made_id) if run and run.made_id else None
            found[queue.id] = Row(queue, reader, kind, originals.get(queue.original_id), run, fate)
    return [found[queue.id] for queue in queues]


def _by_kind(queues: Iterable[Queue]) -> Sequence[tuple[Recurrence | None, Sequence[Queue]]]:
    by_name: dict[str, list[Queue]] = defaultdict(list)
    for queue in queues:
        by_name[queue.kind].append(queue)
    return [(kind_of(name), some) for name, some in by_name.items()]
