"""When something is to be done about a target: a job at that time, and a look each minute for what was missed."""

from datetime import datetime

from sqlalchemy import or_

from host import cancel, db, ngettext, now, schedule, task
from plugins.publishing.connection import Connection
from plugins.publishing.states import State
from plugins.publishing.target import Target

AT_ONCE = 1000  # targets; the rest has its turn a minute later


@task("publishing.due")
def due(target_id: int) -> None:
    """Hand it to the lane of its connection, in which a job that waits for its time would keep the others waiting."""
    from plugins.publishing.publishing import publish

    target = db.session.get(Target, target_id)
    if target is not None and target.next_at is not None:
        schedule(publish, key=str(target_id), lane=f"connection {target.connection_id}", target_id=target_id)


@task("publishing.sweep")
def sweep() -> str:
    """What is due and was not taken up: its job was lost, its worker died, or its connection publishes again."""
    release_all()
    ids = db.session.scalars(Target.due().limit(AT_ONCE)).all()
    for target_id in ids:
        due.run(target_id)
    return ngettext("%(n)s post is due", "%(n)s posts are due", len(ids))


def plan(target: Target) -> None:
    """Have a job come at its time, in the running transaction."""
    if target.next_at is None:
        unplan(target)
    else:
        target.job_id = schedule(due, at=target.next_at, key=str(target.id), target_id=target.id).id


def unplan(target: Target) -> None:
    if target.job_id is not None:
        cancel(target.job_id)
        target.job_id = None


def release_all() -> None:
    """Wake what was held, wherever its connection publishes by now."""
    unseen = (Target.state == State.UNCONFIRMED) & Target.next_at.is_(None) & ~Target.asks
    stuck = db.select(Target).join(Target.connection).where(or_(Target.state == State.HELD, unseen))
    fine = (Connection.held_why.is_(None), Connection.removed_at.is_(None))
    for target in db.session.scalars(stuck.where(*fine).limit(AT_ONCE)).all():
        if target.connection.network is not None:
            release(target)


def release(target: Target) -> None:
    """Its connection publishes again. What is too late by now is missed when its turn comes."""
    if target.state is State.UNCONFIRMED:
        look_now(target, now())
    elif target.move([State.HELD], State.SCHEDULED, next_at=target.due_at):
        plan(target)


def look_now(target: Target, at: datetime) -> None:
    """Find out about an unconfirmed one."""
    target.next_at = at
    plan(target)
