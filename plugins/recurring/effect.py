"""What a queue would do, while it is still being typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from host import Fault, User, _
from plugins.recurring.advice import advice
from plugins.recurring.changing import drawn_up, rehearsed
from plugins.recurring.forecast import Coming, coming
from plugins.recurring.queue import Queue
from plugins.recurring.sheet import Sheet

RUNS = 5


@dataclass(frozen=True)
class Effect:
    """`said` is what should be known of it beside its next runs."""

    runs: Sequence[Coming] = ()
    said: Sequence[str] = ()
    unclear: bool = False  # what was typed is no plan yet


def effect(sheet: Sheet, person: User, queue: Queue | None) -> Effect:
    """Of a new queue, or of one as it would be changed. Nothing is kept."""
    try:
        plan = sheet.plan()
        if queue is None:
            draft, said = drawn_up(sheet.kind, sheet.named, plan, person), ""
        else:
            draft, said = rehearsed(queue, plan, person)
    except Fault:
        return Effect(unclear=True)
    runs = coming(draft, RUNS)
    paused = _("It is paused, and runs once you resume it.") if not runs and draft.next_time else ""
    return Effect(runs, [each for each in (said, paused, *advice(draft)) if each])
