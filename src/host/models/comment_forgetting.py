"""Throwing away the words of comments that were taken back; their rows stay, see `Comment.remove`."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update

from host.db import db
from host.models.comment import Comment


class TakenBack:
    """Those of which the words are still there."""

    def count(self, before: datetime) -> int:
        return db.session.scalar(select(func.count()).select_from(Comment).where(_words_left(before))) or 0

    def find(self, before: datetime, most: int) -> Sequence[int]:
        return db.session.scalars(select(Comment.id).where(_words_left(before)).limit(most)).all()

    def remove(self, before: datetime, found: Sequence[int]) -> int:
        forgotten = update(Comment).where(Comment.id.in_(found), _words_left(before)).values(body="")
        return len(db.session.scalars(forgotten.returning(Comment.id)).all())


def _words_left(before: datetime) -> ColumnElement[bool]:
    """Index: ix_comment_removed."""
    return (Comment.removed_at < before) & (Comment.body != "")
