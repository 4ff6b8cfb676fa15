"""Where a post goes this time: on which of its connections, and why not on the others."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select

from host import _, db
from plugins.publishing import Connection, Post, State, Target
from plugins.recurring.gaps import Gaps
from plugins.recurring.recurrence import NotNow, Order

OUT_OR_COMING = (State.SCHEDULED, State.HELD, State.CLAIMED, State.SENDING, State.UNCONFIRMED, State.PUBLISHED)
HALF_A_DAY = timedelta(hours=12)  # gaps are counted in days: one that was some hours late does not hold up the next

Past = Mapping[State, datetime | None]  # when what is in such a state was due last


def wanted(post: Post, order: Order) -> Sequence[Connection]:
    """Those that its owner chose; otherwise the post's own."""
    chosen = order.options.get("connections")
    if chosen is None:
        return [target.connection for target in post.targets]
    return db.session.scalars(
        select(Connection).where(Connection.id.in_(chosen), Connection.account_id == post.account_id)
    ).all()


def sorted_out(post: Post, order: Order) -> tuple[Sequence[Connection], list[str]]:
    """Where it can go this time, and why it does not go elsewhere. Raises NotNow where it can go nowhere."""
    candidates = wanted(post, order)
    gaps, pasts = Gaps.of(order.owner.account_id), _pasts(candidates, order)
    where, notes = [], []
    for connection in candidates:
        why = _closed(connection, order) or _too_soon(connection, order, pasts[connection.id], gaps)
        if why is None:
            where.append(connection)
        else:
            notes.append(why)
    if not where:
        raise NotNow(" ".join(notes) or _("There is nowhere for it to go."))
    return where, notes


def _closed(connection: Connection, order: Order) -> str | None:
    """Why nothing goes there."""
    handle = connection.handle
    if connection.removed_at is not None or connection.network is None:
        return _("%(handle)s is not connected.", handle=handle)
    if connection.is_held:
        return _("%(handle)s cannot publish: %(why)s", handle=handle, why=connection.held_why)
    if not connection.is_for(order.owner):
        return _("%(handle)s is not shared with %(name)s.", handle=handle, name=order.owner.name)
    return None


def _too_soon(connection: Connection, order: Order, past: Past, gaps: Gaps) -> str | None:
    """Why nothing more of this queue goes there now. Until somebody knows what became of the last, nothing follows."""
    handle = connection.handle
    if State.UNCONFIRMED in past:
        return _("It is not known yet whether the last one is on %(handle)s.", handle=handle)
    days = gaps.days(connection.platform)
    since = order.at - timedelta(days=days) + HALF_A_DAY
    if days and any(at is not None and at > since for at in past.values()):
        return _("%(handle)s had it within the last %(n)s days.", handle=handle, n=days)
    return None


def _pasts(connections: Collection[Connection], order: Order) -> Mapping[int, Past]:
    """What became of this queue's copies and of their original, by the connection's id.

    Index: ix_publishing_target_connection_id_due_at"""
    its_own = (Post.created_by_queue == order.queue_id) | (Post.id == order.original_id)
    there = Target.connection_id.in_([each.id for each in connections])
    last = select(Target.connection_id, Target.state, func.max(Target.due_at)).join(Target.post)
    last = last.where(there, its_own, Target.state.in_(OUT_OR_COMING)).group_by(Target.connection_id, Target.state)
    pasts: dict[int, dict[State, datetime | None]] = defaultdict(dict)
    for connection_id, state, at in db.session.execute(last):
        pasts[connection_id][state] = at
    return pasts
