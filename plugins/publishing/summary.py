"""What publishing has to say in a person's weekly summary: what went out, and what is to be seen to."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select

from host import SummarySection, User, _, db, ngettext
from plugins.publishing.connection import Connection
from plugins.publishing.post import Post, title_of
from plugins.publishing.states import State
from plugins.publishing.target import Target

Rows = Select[int, list[str], str, int]  # id, texts, where, and how many there are
NAMED = 10  # of the others only how many
TROUBLED = (State.FAILED, State.MISSED, State.UNCONFIRMED)


def sections(person: User, since: datetime) -> Sequence[SummarySection]:
    out = _found(person).where(Target.state == State.PUBLISHED, Target.published_at >= since)
    stuck = _found(person).where(Target.state.in_(TROUBLED), Target.due_at >= since)
    return [
        SummarySection(_("Was published"), _lines(out.order_by(Target.published_at.desc())), weight=30),
        SummarySection(_("Was not published, or may not have been"), _lines(stuck.order_by(Target.due_at)), weight=31),
    ]


def _found(person: User) -> Rows:
    """Of their own posts. Index: ix_publishing_post_author_id"""
    of = select(Post.id, Post.texts, Connection.handle, func.count().over()).select_from(Target)
    return of.join(Target.post).join(Target.connection).where(Post.author_id == person.id)


def _lines(found: Rows) -> list[tuple[str, str]]:
    rows = db.session.execute(found.limit(NAMED)).all()
    lines = [(f"{title_of(texts)} ({handle})", f"/publishing/posts/{id}") for id, texts, handle, _count in rows]  # noqa: A001
    others = rows[0][3] - len(rows) if rows else 0
    more = ngettext("and %(n)s other", "and %(n)s others", others)
    return [*lines, (more, "/publishing")] if others else lines
