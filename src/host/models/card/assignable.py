"""Who looks after a card."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host.clock import now
from host.db import Id, Model, db
from host.errors import Invalid
from host.events import CARD_ASSIGNED, CARD_UNASSIGNED
from host.i18n import _
from host.models.access import Access
from host.models.card.trait import Trait
from host.models.user import User

MOST_ASSIGNEES = 100


class Assignment(Model):
    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("card_id", "user_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class Assignable(Trait):
    @property
    def assignees(self) -> list[User]:
        return [assignment.user for assignment in self.assignments]

    def assign(self, person: User, by: User) -> None:
        """Give the card to a person, who watches it from now on. Raises Invalid for somebody who may not see it."""
        if person in self.assignees:
            return
        if len(self.assignments) >= MOST_ASSIGNEES:
            raise Invalid({"assignee": [_("A card has at most %(n)s assignees.", n=MOST_ASSIGNEES)]})
        may_see = select(Access.id).filter_by(user_id=person.id, board_id=self.board_id)
        if not person.active or db.session.scalar(may_see) is None:
            raise Invalid({"assignee": [_("%(name)s may not see this board.", name=person.name)]})
        self.assignments.append(Assignment(user=person))
        self.watch(person)
        self.record(CARD_ASSIGNED, by=by, assignee_ids=[person.id])

    def unassign(self, person: User, by: User) -> None:
        """Take the card from a person; they go on watching it."""
        for assignment in self.assignments:
            if assignment.user_id == person.id:
                self.assignments.remove(assignment)
                self.record(CARD_UNASSIGNED, by=by, assignee_ids=[person.id])
                return
