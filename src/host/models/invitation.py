"""A link by which people join a space: for so many of them, until some day."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host.clock import now
from host.db import Id, Model, db
from host.errors import Gone, Invalid, NotFound
from host.eventlog import record
from host.events import INVITATION_CREATED, INVITATION_RESET, INVITATION_REVOKED, PERSON_JOINED
from host.i18n import _
from host.models.account import Account
from host.models.typed import line
from host.models.user import User

MOST_USES, MOST_DAYS = 1000, 365


class Invitation(Model):
    """The key is kept as it is: everybody in the space may see the link again and hand it on."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    creator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    key: Mapped[str] = mapped_column(String(32), unique=True)
    uses: Mapped[int]  # how many may join
    used: Mapped[int] = mapped_column(default=0)
    days: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime] = mapped_column(index=True)

    account: Mapped[Account] = relationship()

    @classmethod
    def create(cls, *, by: User, uses: int = 10, days: int = 14) -> "Invitation":
        """Let so many people join by a new link, for so many days. Raises Invalid for numbers out of bounds."""
        errors = {}
        if not 1 <= uses <= MOST_USES:
            errors["uses"] = [_("From 1 to %(n)s people.", n=MOST_USES)]
        if not 1 <= days <= MOST_DAYS:
            errors["days"] = [_("From 1 to %(n)s days.", n=MOST_DAYS)]
        if errors:
            raise Invalid(errors)
        made = cls(account_id=by.account_id, creator_id=by.id, uses=uses, days=days)
        made._begin()
        db.session.add(made)
        db.session.flush()
        record(INVITATION_CREATED, by.account, by=by, invitation_id=made.id, uses=uses, days=days)
        return made

    @classmethod
    def of(cls, account: Account) -> "list[Invitation]":
        """Those of the space, the newest first, also ended ones until they are cleaned up."""
        return list(db.session.scalars(select(cls).filter_by(account_id=account.id).order_by(cls.id.desc())))

    @classmethod
    def one(cls, account: Account, id: int) -> "Invitation":  # noqa: A002
        """Raises NotFound for one of another space."""
        found = db.session.scalars(select(cls).filter_by(account_id=account.id, id=id)).first()
        if found is None:
            raise NotFound(_("There is no such invitation."))
        return found

    @classmethod
    def find(cls, key: str) -> "Invitation":
        """By its link. Raises NotFound for one that is unknown, and Gone for one that has come to its end."""
        found = db.session.scalars(select(cls).filter_by(key=line(key))).first()
        if found is None:
            raise NotFound(_("This invitation is unknown. Ask whoever sent it for a new link."))
        if not found.open:
            raise Gone(_("This invitation has come to its end. Ask whoever sent it for a new link."))
        return found

    @property
    def open(self) -> bool:
        """Whether somebody may still join by it."""
        return self.used < self.uses and now() < self.expires_at

    def redeem(self, *, name: str, email: str, password: str) -> User:
        """Let somebody join. Raises Invalid, see User.join; Gone when others were quicker."""
        # The UPDATE decides between two that come at once for the last use.
        free = update(Invitation).where(Invitation.id == self.id, Invitation.used < Invitation.uses)
        taken = db.session.execute(free.values(used=Invitation.used + 1).returning(Invitation.used))
        if taken.first() is None:
            raise Gone(_("This invitation has come to its end. Ask whoever sent it for a new link."))
        person = User.join(self.account, name=name, email=email, password=password)
        record(PERSON_JOINED, self.account, by=person, invitation_id=self.id)
        return person

    def reset(self, *, by: User) -> None:
        """A new link for as many people and as many days as at first; the old one leads nowhere from now on."""
        self._begin()
        record(INVITATION_RESET, self.account, by=by, invitation_id=self.id)

    def revoke(self, *, by: User) -> None:
        """Take it back: the link leads nowhere from now on."""
        record(INVITATION_REVOKED, self.account, by=by, invitation_id=self.id)
        db.session.delete(self)

    def _begin(self) -> None:
        self.key, self.used = secrets.token_urlsafe(18), 0
        self.created_at = now()
        self.expires_at = self.created_at + timedelta(days=self.days)
