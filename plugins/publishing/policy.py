"""What a space has decided about its posts."""

from datetime import timedelta

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from host import Account, Id, Model, db, insert_ignoring

GRACE, GAP = 6 * 3600, 15 * 60  # seconds


class Policy(Model):
    """Its row is made when somebody first changes it."""

    __tablename__ = "publishing_policy"

    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    grace_seconds: Mapped[int] = mapped_column(default=GRACE)  # how late a post may still go out
    gap_seconds: Mapped[int] = mapped_column(default=GAP)  # between two late ones of a connection
    approval: Mapped[bool] = mapped_column(default=False)  # members' posts wait for an admin's word
    alt_text: Mapped[bool] = mapped_column(default=True)  # pictures have to be described
    always_ask: Mapped[bool] = mapped_column(default=False)  # rather than to send again what was not found
    utm: Mapped[str] = mapped_column(String(500), default="")  # added to links; empty for nothing

    @classmethod
    def of(cls, account_id: int) -> "Policy":
        """The space's, or what holds where nobody decided; change only what `kept` gives."""
        found = db.session.get(cls, account_id)
        standing = {"grace_seconds": GRACE, "gap_seconds": GAP, "approval": False, "alt_text": True}
        return found or cls(account_id=account_id, **standing, always_ask=False, utm="")

    @classmethod
    def kept(cls, account: Account) -> "Policy":
        db.session.execute(insert_ignoring(cls).values(account_id=account.id))
        return db.session.get_one(cls, account.id)

    @property
    def grace(self) -> timedelta:
        return timedelta(seconds=self.grace_seconds)

    @property
    def gap(self) -> timedelta:
        return timedelta(seconds=self.gap_seconds)
