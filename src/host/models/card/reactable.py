"""Short answers to a card or a comment; to give one is activity, to take it back is none."""

from collections.abc import Collection, Mapping

from sqlalchemy import select

from host.db import db
from host.errors import Invalid, NotFound
from host.events import REACTION_CREATED
from host.i18n import _
from host.models.card.trait import Trait
from host.models.comment import Comment
from host.models.held import held
from host.models.reaction import Reaction
from host.models.typed import line
from host.models.user import User
from host.permissions import require_maker

LONGEST_REACTION = 16  # characters
MOST_REACTIONS = 20  # of one person to one thing


class Reactable(Trait):
    def react(self, content: str, by: User, *, comment: Comment | None = None) -> Reaction:
        """Answer the card, or a comment on it. The same answer of the same person again changes nothing.

        Raises Invalid for one that is empty or longer than 16 characters, and for one too many.
        """
        self.require_published()
        content = checked_content(content)
        to = {"card_id": self.id, "comment_id": comment.id if comment else None}
        given = _given(by, **to)
        if content in given:
            return given[content]
        _require_few(given)
        reaction = Reaction(**to, creator=by, content=content)
        db.session.add(reaction)
        db.session.flush()
        self.record(REACTION_CREATED, by=by, content=content, comment_id=reaction.comment_id)
        return reaction

    def take_reaction_back(self, id: int, by: User) -> None:  # noqa: A002
        """For ten minutes it can be brought back. Raises NotFound for one of another card, Forbidden for somebody
        else's."""
        found = select(Reaction).where(Reaction.id == id, Reaction.card_id == self.id, Reaction.standing)
        reaction = db.session.scalars(found).first()
        if reaction is None:
            raise NotFound(_("There is no such reaction on this card."))
        require_maker(reaction.creator_id, by)
        reaction.take_away()

    def bring_back_reaction(self, id: int, by: User) -> Reaction:  # noqa: A002
        """One that was taken back; it is no activity again. What was given anew meanwhile stays as it is. Raises
        NotFound once it is thrown away, Forbidden for somebody else's, Invalid for one too many."""
        reaction = held(Reaction, id, self.id)
        require_maker(reaction.creator_id, by)
        given = _given(by, card_id=self.id, comment_id=reaction.comment_id)
        if reaction.content in given:
            return given[reaction.content]
        _require_few(given)
        reaction.put_back()
        return reaction


def _given(by: User, **to: int | None) -> Mapping[str, Reaction]:
    found = select(Reaction).filter_by(**to, creator_id=by.id).where(Reaction.standing)
    return {reaction.content: reaction for reaction in db.session.scalars(found)}


def _require_few(given: Collection[str]) -> None:
    if len(given) >= MOST_REACTIONS:
        raise Invalid({"content": [_("You said enough here: %(n)s reactions.", n=MOST_REACTIONS)]})


def checked_content(text: str) -> str:
    """The text on one line. Raises Invalid unless it has 1 to 16 characters."""
    text = line(text)
    if not 0 < len(text) <= LONGEST_REACTION:
        raise Invalid({"content": [_("A reaction has 1 to %(n)s characters.", n=LONGEST_REACTION)]})
    return text
