"""Talk on a card."""

from datetime import datetime

from sqlalchemy import select

from host.clock import now
from host.db import db
from host.errors import NotFound
from host.events import COMMENT_CREATED
from host.i18n import _
from host.models.card.trait import Trait
from host.models.comment import Comment, checked_body
from host.models.user import User


class Commentable(Trait):
    def comment(self, body: str, by: User | None = None, *, at: datetime | None = None) -> Comment:
        """Say something on the card; whoever speaks watches it from now on.

        Raises Invalid for an empty or huge text.
        """
        self.require_published()
        body = checked_body(body)
        author = by or self.creator or self.account.owner
        comment = Comment(creator=author, body=body, created_at=at or now())
        self.comments.append(comment)
        self.watch(author)
        db.session.flush()
        self.record(COMMENT_CREATED, by=author, comment_id=comment.id)
        return comment

    def said(self, id: int) -> Comment:  # noqa: A002
        """The comment with this id. Raises NotFound for one of another card, and for one that was taken back."""
        comment = self._once_said(id)
        if not comment.standing:
            raise NotFound(_("There is no such comment on this card."))
        return comment

    def taken_back(self, id: int, by: User) -> Comment:  # noqa: A002
        """A comment that this person took back. Raises NotFound for any other."""
        comment = self._once_said(id)
        if comment.standing or comment.creator_id != by.id:
            raise NotFound(_("There is no such comment on this card."))
        return comment

    def _once_said(self, id: int) -> Comment:  # noqa: A002
        comment = db.session.scalars(select(Comment).filter_by(id=id, card_id=self.id)).first()
        if comment is None:
            raise NotFound(_("There is no such comment on this card."))
        return comment
