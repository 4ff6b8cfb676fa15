"""What queues hear of the posts that they made, and of those that they repeat."""

from collections.abc import Sequence

from sqlalchemy import select

from host import Event, _, db, ngettext, notify, task
from plugins.publishing import Post, State, Target
from plugins.recurring.changing import show
from plugins.recurring.queue import Queue, Status
from plugins.recurring.run import Run
from plugins.recurring.serving import GONE, TROUBLE, address_of

MOST_REFUSALS = 2  # in a row, after which a queue is paused


def settled(target: Target) -> None:
    """A network refuses what it has just published: after the second time in a row that needs other words."""
    queue, run = _origin(target.post)
    if queue is None or run is None:
        return
    if target.state is State.FAILED and target.duplicate and not run.refused:
        db.session.refresh(queue, with_for_update={"of": Queue})  # a sweep may have it in hand
        run.refused = True
        queue.refusals = queue.refusals + 1 if _follows_a_refusal(run) else 1
        _refused(queue, target.connection.handle)
    show(queue)


def deleted(post: Post) -> None:
    """Nothing comes of its queues any more; what they made stays. The run that made it leads nowhere: SQLite gives the
    id of the last to another."""
    run = _origin(post)[1]
    if run is not None:
        run.made_id = None
    _end(Queue.repeating("post", post.id))


@task("recurring.end_with_cards")
def end_with_cards(event_ids: list[int]) -> str:
    """Queues of cards that were deleted. By their numbers, which no other card is ever given."""
    events = db.session.scalars(select(Event).where(Event.id.in_(event_ids))).all()
    gone = {(event.account_id, event.particulars["number"]) for event in events}
    of_cards = select(Queue).where(Queue.kind == "card", Queue.account_id.in_({account for account, _number in gone}))
    ended = _end([each for each in db.session.scalars(of_cards) if (each.account_id, each.options["number"]) in gone])
    return ngettext("%(n)s queue has ended", "%(n)s queues have ended", ended)


def _end(queues: Sequence[Queue]) -> int:
    still = [queue for queue in queues if queue.status is not Status.COMPLETED]
    for queue in still:
        queue.complete(GONE)
        show(queue)
    return len(still)


def _origin(post: Post) -> tuple[Queue | None, Run | None]:
    if post.created_by_queue is None:
        return None, None
    run = Run.that_made(post.created_by_queue, post.id)
    return (run.queue, run) if run else (None, None)


def _follows_a_refusal(run: Run) -> bool:
    """By the runs, and not by what else was published: other networks may take what one refuses."""
    before = run.before()
    return before is not None and before.refused


def _refused(queue: Queue, handle: str) -> None:
    told = {"title": queue.title, "handle": handle}
    if queue.refusals < MOST_REFUSALS or queue.status is not Status.ACTIVE:
        queue.attention = _("%(handle)s refused it as a repeat. Add a variation.", **told)
        return
    queue.pause(_("%(handle)s refused it as a repeat twice in a row. Add a variation, then resume.", **told))
    if queue.owner is not None:
        said = _("“%(title)s” is paused: %(handle)s refused it as a repeat twice in a row.", **told)
        notify([queue.owner], TROUBLE, said, address_of(queue))
