"""The sweep: all queues whose time has come, however many, each for itself."""

from collections import Counter
from time import monotonic

from host import _, checkpoint, now, task
from plugins.recurring.queue import Queue
from plugins.recurring.run import Outcome
from plugins.recurring.serving import serve

AT_ONCE = 100  # queues that are looked up together
LONG = 0.03  # seconds for which others can be kept from writing


@task("recurring.process_queues")
def process_queues() -> str:
    """Serve what is due by now. One that fails waits a while, so that it never stands before others again and again;
    what is done is committed after a moment, so that nobody waits long to write."""
    at, outcomes = now(), Counter[Outcome | None]()
    due = Queue.due(at, AT_ONCE)
    while due:
        checkpoint(soon_again=True)
        begun = monotonic()
        for _due_at, queue_id in due:
            outcomes[serve(queue_id, now())] += 1  # a long sweep's last ones are not late by it
            if monotonic() - begun > LONG:
                checkpoint(soon_again=True)
                begun = monotonic()
        due = Queue.due(at, AT_ONCE, after=due[-1])
    checkpoint(soon_again=True)
    return _summary(outcomes)


def _summary(outcomes: "Counter[Outcome | None]") -> str:
    made, skipped, failed = (outcomes[each] for each in (Outcome.MADE, Outcome.SKIPPED, Outcome.FAILED))
    runs = made + skipped + failed
    told = [_("%(n)s made", n=made)]
    told += [_("%(n)s skipped", n=skipped)] if skipped else []
    told += [_("%(n)s failed", n=failed)] if failed else []
    return _("%(n)s runs: %(told)s", n=runs, told=", ".join(told)) if runs else _("no queue is due")
