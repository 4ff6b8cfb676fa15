"""Which posts somebody means: by status, time and card."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, or_, select

from host import Card, User
from plugins.publishing.post import Post
from plugins.publishing.states import State, Status
from plugins.publishing.target import Target

ALL = frozenset(State)


def posts_of(
    person: User,
    *,
    status: Status | None = None,
    begin: datetime | None = None,
    end: datetime | None = None,
    card: Card | None = None,
) -> Select[Any]:
    """What they may see, the latest changed first. `begin` and `end` (which is left out itself) are of the times at
    which something goes out or is meant to. Index: ix_publishing_post_account_id_updated_at"""
    found = select(Post).where(Post.seen_by(person)).order_by(Post.updated_at.desc(), Post.id.desc())
    if status is not None:
        found = found.where(is_in(status))
    if begin is not None or end is not None:
        found = found.where(or_(_within(Post.at, begin, end), Post.targets.any(_within(Target.due_at, begin, end))))
    return found.where(Post.card_id == card.id) if card else found


def is_in(status: Status) -> ColumnElement[bool]:
    """As `states.status` derives it."""
    return case(
        (_has({State.UNCONFIRMED}), Status.UNCONFIRMED),
        (_has({State.CLAIMED, State.SENDING}), Status.PUBLISHING),
        (and_(_has({State.PUBLISHED}), ~_has(ALL - {State.PUBLISHED, State.CANCELLED})), Status.PUBLISHED),
        (_has({State.PUBLISHED}), Status.PARTLY_PUBLISHED),
        (_has({State.FAILED}), Status.FAILED),
        (_has({State.MISSED}), Status.MISSED),
        (_has({State.SCHEDULED, State.HELD}), Status.SCHEDULED),
        (_has({State.NEEDS_APPROVAL}), Status.NEEDS_APPROVAL),
        (and_(_has({State.CANCELLED}), ~_has({State.DRAFT})), Status.CANCELLED),
        else_=Status.DRAFT,
    ) == str(status)


def _has(states: Collection[State]) -> ColumnElement[bool]:
    return Post.targets.any(Target.state.in_(states))


def _within(at: Any, begin: datetime | None, end: datetime | None) -> ColumnElement[bool]:
    bounds = [at.is_not(None)]
    bounds += [at >= begin] if begin else []
    bounds += [at < end] if end else []
    return and_(*bounds)
