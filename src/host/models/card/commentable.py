"""Talk on a card."""

from datetime import datetime

from host.clock import now
from host.db import db
from host.errors import Invalid
from host.events import COMMENT_CREATED
from host.i18n import _
from host.models.card.trait import Trait
from host.models.comment import Comment
from host.models.typed import paragraphs, seen
from host.models.user import User

LONGEST_TEXT = 100_000


class Commentable(Trait):
    def comment(self, body: str, by: User | None = None, *, at: datetime | None = None) -> Comment:
        """Say something on the card; whoever speaks watches it from now on.

        Raises Invalid for an empty or huge text.
        """
        body = paragraphs(body).strip()
        if not seen(body):
            raise Invalid({"body": [_("A comment needs a few words.")]})
        if len(body) > LONGEST_TEXT:
            raise Invalid({"body": [_("Keep a comment under %(n)s characters.", n=f"{LONGEST_TEXT:,}")]})
        author = by or self.creator or self.account.owner
        comment = Comment(creator=author, body=body, created_at=at or now())
        self.comments.append(comment)
        self.watch(author)
        db.session.flush()
        self.record(COMMENT_CREATED, by=author, comment_id=comment.id)
        return comment
