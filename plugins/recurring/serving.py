"""Serving a queue: the one occurrence that is due, made once; all that it missed before, listed.

A queue's row is held while it is served, and its occurrence has a row of its own that the database allows once: two
workers, or a hand and a worker, make no second one.
"""

import logging
from datetime import datetime, timedelta

from host import Fault, _, db, notice_kind, notify
from plugins.recurring.kinds import kind_of
from plugins.recurring.queue import LONGEST_TITLE, Mode, Queue
from plugins.recurring.recurrence import Gone, NotNow, Order
from plugins.recurring.run import Outcome, Run

log = logging.getLogger(__name__)

MOST_MISSED = 50  # that are listed one by one; of more the latest
TROUBLE = notice_kind("recurring.trouble", title=_("A queue of yours needs you"), quiet=True)
TWO_CLICKS = timedelta(seconds=10)  # of one person who means one run
GONE = _("What it repeats was deleted.")


def serve(queue_id: int, at: datetime) -> Outcome | None:
    """Whatever is due of it at that moment. None when there is nothing, since somebody else has done it."""
    try:
        with db.session.begin_nested():
            queue = Queue.claim(queue_id, at)
            return _serve(queue, at) if queue is not None else None
    except (Exception, SystemExit) as error:  # noqa: BLE001 -- one that fails must not keep the others from their time
        return _failed(queue_id, at, error)


def run_by_hand(queue: Queue, at: datetime) -> Run:
    """Now, beside its series: it counts, and what is next stays so. What is due and was not made, since it failed or
    its sweep is still to come, is what the hand makes: nobody means two. Raises Fault with what stands in the way; also
    for the second of two clicks, for which the queue's row has to be held."""
    owed = _latest(queue, at) if queue.is_due(at) else None
    run = None if queue.last_ran_at and at - queue.last_ran_at < TWO_CLICKS else Run.begin(queue, owed or at)
    if run is None:
        raise Fault(_("It has just run."))
    run.by_hand = True
    try:
        _make(queue, run, at)
    except NotNow as reason:
        raise Fault(reason.why) from reason
    except Gone as gone:
        raise Fault(GONE) from gone
    queue.served(owed or queue.last_time, at)
    if owed is not None or queue.is_over or queue.mode is Mode.ROLLING:
        _follow(queue, at, at)
    return run


def order_of(queue: Queue, occurrence: datetime, at: datetime) -> Order:
    """What its kind is asked for. Raises NotNow for a queue that is nobody's."""
    if queue.owner is None or not queue.owner.active:
        raise NotNow(_("Whose queue it was is no longer here."))
    last = Run.last_made(queue)
    return Order(
        queue_id=queue.id,
        original_id=queue.original_id,
        owner=queue.owner,
        occurrence=occurrence,
        at=max(at, occurrence),
        number=queue.executions + 1,
        zone=queue.clock,
        last_version=last.version if last else None,
        most=queue.max_executions,
        options=queue.options,
    )


def _serve(queue: Queue, at: datetime) -> Outcome | None:
    if queue.follow_clocks() and queue.next_time is not None and queue.next_time > at:
        return None
    occurrence = None if queue.is_over else _latest(queue, at)
    run = Run.begin(queue, occurrence) if occurrence else None
    if occurrence is None or run is None:  # too late, or served by somebody else
        queue.go_on(at)
        return Outcome.SKIPPED if occurrence is None else None
    try:
        _make(queue, run, at)
    except NotNow as reason:
        run.end(Outcome.SKIPPED, reason.why)
        if queue.skipped(reason.why if reason.asks else None):
            log.warning("queue %s left out a run: %s", queue.id, reason.why)
        queue.go_on(at)
        return Outcome.SKIPPED
    except Gone:
        run.end(Outcome.SKIPPED, GONE)
        queue.complete(GONE)
        return Outcome.SKIPPED
    queue.served(occurrence, at)
    _follow(queue, occurrence, at)
    return Outcome.MADE


def _latest(queue: Queue, at: datetime) -> datetime | None:
    """The occurrence to serve: of several that were missed the last. The others are listed, and so is that one where it
    is later than its owner wants it."""
    missed = [] if queue.next_time is None else list(queue.rhythm.between(queue.next_time, at))
    missed = [each for each in missed if not queue.is_after_end(each)]
    in_time = bool(missed) and (queue.grace_hours is None or at - missed[-1] <= timedelta(hours=queue.grace_hours))
    why = _("It failed until the next was due.") if queue.failures else _("Fallow was not running.")
    Run.list_missed(queue, (missed[:-1] if in_time else missed)[-MOST_MISSED:], why)
    return missed[-1] if in_time else None


def _make(queue: Queue, run: Run, at: datetime) -> None:
    kind = kind_of(queue.kind)
    if kind is None:
        raise NotNow(_("The plugin that repeats this is off."))
    order = order_of(queue, run.occurrence, at)
    with db.session.begin_nested():  # what it wrote before it finds that there is nothing to be made is undone
        made = kind.make(order)
    run.end(Outcome.MADE, made.note)
    run.made_id, run.number, run.version, run.said = made.id, order.number, made.version, list(made.said)
    queue.title = made.title[:LONGEST_TITLE] or queue.title


def _follow(queue: Queue, occurrence: datetime, at: datetime) -> None:
    """What comes after it: by the series' own days, or so long after it really ran."""
    if queue.mode is Mode.ROLLING:
        queue.anchor = at.astimezone(queue.clock).date()
        queue.go_on(max(at, queue.rhythm.moment(queue.anchor)))
    else:
        queue.go_on(max(at, occurrence))


def _failed(queue_id: int, at: datetime, error: BaseException) -> Outcome | None:
    """What it did is undone; that it failed is written down, and told once."""
    with db.session.begin_nested():
        queue = Queue.claim(queue_id, at)
        if queue is None:
            return None
        why = error.message if isinstance(error, Fault) else _("Something went wrong within Fallow: %(e)r", e=error)
        occurrence = _tried(queue, at)
        run = Run.begin(queue, occurrence) if occurrence else None
        if run is not None:
            run.end(Outcome.FAILED, why)
        first = queue.fail(why)
        _log(queue, error, logging.WARNING if first else logging.INFO)
        if first and queue.owner is not None:
            said = _("“%(title)s” did not come round: %(why)s It is tried again.", title=queue.title, why=why)
            notify([queue.owner], TROUBLE, said, address_of(queue))
    return Outcome.FAILED


def _log(queue: Queue, error: BaseException, level: int) -> None:
    """A warning for each streak: story 4.3 has queues that fail too noisy for more."""
    known = isinstance(error, Fault)  # says all there is to say
    log.log(level, "queue %s failed and is tried again later: %s", queue.id, error, exc_info=None if known else error)


def _tried(queue: Queue, at: datetime) -> datetime | None:
    """What there is of it even where its days are what fails: a zone that this computer does not know."""
    try:
        return _latest(queue, at)
    except Fault:
        return queue.next_time


def address_of(queue: Queue) -> str:
    return f"/recurring/queues/{queue.id}"
