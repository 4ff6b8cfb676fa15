"""Clocks that go otherwise: a country gives up summer time, an update of Fallow knows of it, and queues keep the time
of the day that people chose."""

from host import _, checkpoint, ngettext, task
from plugins.recurring.changing import show
from plugins.recurring.queue import Queue

AT_ONCE = 200  # queues that are held together


@task("recurring.follow_clocks")
def follow_clocks() -> str:
    """Take the next time of all that run anew. Each that is due does so by itself, so nothing is lost until then."""
    moved, last = 0, 0
    while queues := Queue.to_come(last, AT_ONCE):
        last = queues[-1].id
        for queue in queues:
            if queue.follow_clocks():
                moved += 1
                show(queue)
        checkpoint(soon_again=True)
    if not moved:
        return _("no clock has changed")
    return ngettext("%(n)s queue follows its clock", "%(n)s queues follow their clocks", moved)
