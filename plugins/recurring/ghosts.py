"""Runs to come in the calendar of posts."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from host import User, db
from plugins.publishing import Connection, Ghost, Target
from plugins.recurring.forecast import within
from plugins.recurring.queue import Queue, Status
from plugins.recurring.serving import address_of

POST = "post"  # the kind of which a calendar of posts knows


def ghosts(person: User, begin: datetime, end: datetime) -> Sequence[Ghost]:
    """Of the queues that they may see; three statements, however many there are."""
    seen = Queue.of(person, Status.ACTIVE).where(Queue.kind == POST, Queue.next_time < end)
    queues = db.session.scalars(seen).all()
    where = _networks(queues)
    return [
        Ghost(run.at, queue.title, address_of(queue), where[queue.id])
        for queue in queues
        for run in within(queue, begin, end)
    ]


def _networks(queues: Sequence[Queue]) -> Mapping[int, Sequence[str]]:
    """Each once, by the queue's id: those that its owner chose, or its post's own."""
    chosen = {queue.id: queue.options.get("connections") for queue in queues}
    by_id = _by_connection({each for ids in chosen.values() for each in ids or ()})
    by_post = _by_post({queue.original_id for queue in queues if chosen[queue.id] is None})
    return {queue.id: _unique(queue, by_id, by_post) for queue in queues}


def _unique(queue: Queue, by_id: Mapping[int, str], by_post: Mapping[int, Sequence[str]]) -> Sequence[str]:
    ids = queue.options.get("connections")
    names = by_post.get(queue.original_id, ()) if ids is None else [by_id[each] for each in ids if each in by_id]
    return list(dict.fromkeys(names))


def _by_connection(ids: Collection[int]) -> Mapping[int, str]:
    if not ids:
        return {}
    rows = db.session.execute(select(Connection.id, Connection.platform).where(Connection.id.in_(ids)))
    return {row[0]: row[1] for row in rows}


def _by_post(ids: Collection[int]) -> Mapping[int, Sequence[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    if ids:
        named = select(Target.post_id, Connection.platform).join(Target.connection).where(Target.post_id.in_(ids))
        for post_id, platform in db.session.execute(named.order_by(Target.id)):
            found[post_id].append(platform)
    return found
