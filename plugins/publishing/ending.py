"""When our access to an account ends for good, and who hears of it in time."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select

from host import _, db, ngettext, notice_kind, notify, now, schedule, short_day, task
from plugins.publishing import telling
from plugins.publishing.connection import Connection
from plugins.publishing.renewing import can_renew
from plugins.publishing.target import Target

DAYS = (14, 7, 3, 1)  # before the end
SAME = timedelta(hours=12)
ENDING = notice_kind("publishing.ending", title=_("Our access to an account of yours ends soon"))
TOLD = "told_of_end"  # in a connection's profile: which end, and how many days before it


def ends_at(connection: Connection) -> datetime | None:
    """None for never, as far as we know: also where it is renewed, and each renewal puts the end off."""
    network = connection.network
    if network is None or not can_renew(connection):
        return connection.expires_at
    return None if network.renews_for_ever else connection.refresh_expires_at


def ends_before(target: Target) -> str:
    """A sentence where the access ends before the target's time; an empty text where all is well."""
    end, at = ends_at(target.connection), target.due_at
    if end is None or at is None or at <= end:
        return ""
    said = {"handle": target.connection.handle, "day": short_day(end)}
    return _("Our access to %(handle)s ends on %(day)s, before this goes out. Connect it again by then.", **said)


@task("publishing.remind_of_ends")
def remind() -> str:
    """A look at each connection that may end soon, in its lane: what writes of a connection is there."""
    soon = now() + timedelta(days=DAYS[0])
    ending = or_(Connection.expires_at <= soon, Connection.refresh_expires_at <= soon)
    found = db.session.scalars(select(Connection).where(ending, Connection.removed_at.is_(None))).all()
    ids = [each.id for each in found if _step(each) is not None]
    for each in ids:
        schedule(remind_of_one, key=str(each), lane=f"connection {each}", connection_id=each)
    return ngettext("%(n)s connection ends soon", "%(n)s connections end soon", len(ids))


@task("publishing.remind_of_end", attempts=1)  # the next look asks again, and no post waits behind it
def remind_of_one(connection_id: int) -> None:
    """Once for each of the days, and once for all of those that went by unsaid."""
    connection = db.session.get_one(Connection, connection_id)
    step, end = _step(connection), ends_at(connection)
    if step is None or end is None or connection.owner is None:
        return
    connection.learn({TOLD: [end.isoformat(), step]})
    notify([connection.owner], ENDING, _said(connection, end), telling.CONNECTIONS)


def _step(connection: Connection) -> int | None:
    """The reminder whose turn it is; None when there is none, or it was given."""
    end = ends_at(connection)
    if end is None or end <= now() or connection.removed_at is not None:
        return None
    due = [days for days in DAYS if end - now() <= timedelta(days=days)]
    step = min(due, default=None)
    return None if step is None or _is_told(connection, end, step) else step


def _is_told(connection: Connection, end: datetime, step: int) -> bool:
    """Of this end, which a renewal may move by seconds, or by months."""
    told_end, told_step = connection.profile.get(TOLD, [None, None])
    return told_step == step and abs(end - datetime.fromisoformat(told_end)) < SAME


def _said(connection: Connection, end: datetime) -> str:
    days = max(1, round((end - now()) / timedelta(days=1)))
    return ngettext(
        "Our access to %(handle)s ends in %(n)s day. Connect it again before that, or its posts wait.",
        "Our access to %(handle)s ends in %(n)s days. Connect it again before that, or its posts wait.",
        days,
        handle=connection.handle,
    )
