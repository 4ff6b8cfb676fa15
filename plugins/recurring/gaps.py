"""How many days a network is left alone before the same queue comes there again; what a space has decided."""

from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from host import Account, Id, Model, db, insert_ignoring

# X and LinkedIn refuse repeats, and their rules forbid what is much alike (publishing.md, 4.6).
STANDING = {"x": 7, "linkedin": 14}


class Gaps(Model):
    """Its row is made when somebody first changes it."""

    __tablename__ = "recurring_gaps"

    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    by_network: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # days, where they are not the standing ones

    @classmethod
    def of(cls, account_id: int) -> "Gaps":
        """The space's; change only what `kept` gives."""
        return db.session.get(cls, account_id) or cls(account_id=account_id, by_network={})

    @classmethod
    def kept(cls, account: Account) -> "Gaps":
        db.session.execute(insert_ignoring(cls).values(account_id=account.id, by_network={}))
        return db.session.get_one(cls, account.id)

    def days(self, network: str) -> int:
        """0 where there is no limit."""
        return int(self.by_network.get(network, STANDING.get(network, 0)))
