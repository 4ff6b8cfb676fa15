"""An earlier version of a post's words, kept while it is written."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, delete, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host import Id, Model, Moment, NotFound, User, _, db, now
from plugins.publishing.post import Post

KEPT = 50  # of each post
NOTHING: dict[str, Any] = {"texts": [""]}


class Version(Model):
    __tablename__ = "publishing_version"
    __table_args__ = (Index(None, "post_id", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("publishing_post.id", ondelete="CASCADE"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)  # texts, and by network texts and options

    by: Mapped[User | None] = relationship()

    @classmethod
    def keep(cls, post: Post, by: User) -> None:
        """What the post says now, before it is changed; unless that is kept already."""
        content = content_of(post)
        last = cls._last(post)
        if content == NOTHING or (last is not None and content == last.content):
            return
        db.session.add(cls(post_id=post.id, by=by, content=content))
        db.session.flush()
        cls._forget_old(post)

    @classmethod
    def of(cls, post: Post) -> Sequence["Version"]:
        """The newest first."""
        return db.session.scalars(select(cls).filter_by(post_id=post.id).order_by(cls.id.desc())).all()

    @classmethod
    def one_of(cls, post: Post, id: int) -> "Version":  # noqa: A002
        found = db.session.scalars(select(cls).filter_by(post_id=post.id, id=id)).first()
        if found is None:
            raise NotFound(_("There is no such version."))
        return found

    @classmethod
    def _last(cls, post: Post) -> "Version | None":
        return db.session.scalars(select(cls).filter_by(post_id=post.id).order_by(cls.id.desc()).limit(1)).first()

    @classmethod
    def _forget_old(cls, post: Post) -> None:
        kept = select(cls.id).filter_by(post_id=post.id).order_by(cls.id.desc()).limit(KEPT)
        db.session.execute(delete(cls).where(cls.post_id == post.id, cls.id.not_in(kept)))


def content_of(post: Post) -> dict[str, Any]:
    variants = {each.platform: {"texts": each.texts, "options": each.options} for each in post.variants}
    return {"texts": post.texts, **({"variants": variants} if variants else {})}
