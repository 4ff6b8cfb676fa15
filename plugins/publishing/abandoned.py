"""What nobody came back to: visits to networks, of which what was entered is forgotten at once, and posts that never
said anything."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, select

from host import OldRows, RetentionRule, _, db, gather, ngettext, now, task
from plugins.publishing.medium import Medium
from plugins.publishing.post import Post
from plugins.publishing.states import State
from plugins.publishing.target import Target
from plugins.publishing.variant import Variant
from plugins.publishing.version import Version
from plugins.publishing.visit import LASTS, Stage, Visit

OPEN = (Stage.BEGINNING, Stage.AWAY, Stage.RETURNED)
NO_WORDS = '[""]'


@task("publishing.forget_visits")
def forget() -> str:
    late = select(Visit).where(Visit.stage.in_(OPEN), Visit.created_at <= now() - LASTS)
    given_up = db.session.scalars(late).all()
    for visit in given_up:
        visit.fail(_("That took too long. Begin again."))
    return ngettext("%(n)s visit was given up", "%(n)s visits were given up", len(given_up))


class EmptyDrafts(OldRows):
    """Who builds on posts hears of them before they go."""

    def remove(self, before: datetime, found: Sequence[Any]) -> int:
        going = select(Post).where(Post.id.in_(found), self.condition(before)).execution_options(populate_existing=True)
        for post in db.session.scalars(going).all():
            list(gather("post_deleted", post=post))
        return super().remove(before, found)


def _over(before: datetime) -> ColumnElement[bool]:
    return Visit.stage.not_in(OPEN) & (Visit.created_at <= before)


def _empty(before: datetime) -> ColumnElement[bool]:
    """Never any words, pictures or choices of a network, on no card, and not on its way."""
    wordless = (cast(Post.texts, Text) == NO_WORDS) & Post.card_id.is_(None) & (Post.updated_at < before)
    begun = Target.state != State.DRAFT
    for model, more in ((Medium, None), (Variant, None), (Version, None), (Target, begun)):
        theirs = select(model).where(model.post_id == Post.id)
        wordless &= ~(theirs if more is None else theirs.where(more)).exists()
    return wordless


RULES = (
    RetentionRule("publishing.visits", _("Visits to networks that are over"), OldRows(Visit, _over), days=7),
    RetentionRule("publishing.drafts", _("Posts that were begun and left empty"), EmptyDrafts(Post, _empty), days=30),
)
