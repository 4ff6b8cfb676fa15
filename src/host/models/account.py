"""A space: people, boards, tags and the counter of card numbers."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, String, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from host.clock import now
from host.db import Id, Model, db
from host.errors import NotFound
from host.i18n import _
from host.models.typed import checked_name

if TYPE_CHECKING:
    from host.models.user import User


class Account(Model):
    __tablename__ = "account"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    cards_numbered: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)

    @classmethod
    def open(cls, name: str, *, owner_name: str, email: str | None, password: str | None = None) -> "User":
        """Make a space with its owner and its system user; returns the owner. Raises Invalid, see User.join."""
        from host.models.user import Role, User

        account = cls(name=checked_name(name))
        db.session.add(account)
        db.session.flush()
        db.session.add(User(account=account, name=_("System"), handle="system", role=Role.SYSTEM))
        return User.join(account, name=owner_name, email=email, role=Role.OWNER, password=password)

    @classmethod
    def any(cls) -> bool:
        """Whether there is a space yet."""
        return db.session.scalar(select(cls.id).limit(1)) is not None

    @classmethod
    def claim(cls) -> bool:
        """Whether this transaction may open the first space: there is none yet, and nobody else opens one until it
        ends. On SQLite whoever writes is alone anyway."""
        if db.session.get_bind().dialect.name == "postgresql":
            db.session.execute(text("LOCK TABLE account IN SHARE ROW EXCLUSIVE MODE"))
        return not cls.any()

    @property
    def owner(self) -> "User":
        from host.models.user import Role, User

        return (
            db.session.scalars(select(User).filter_by(account_id=self.id, role=Role.OWNER).order_by(User.id)).first()
            or self.system
        )

    @property
    def system(self) -> "User":
        """The user that stands in wherever nobody acted."""
        from host.models.user import Role, User

        return db.session.scalars(select(User).filter_by(account_id=self.id, role=Role.SYSTEM)).one()

    @property
    def people(self) -> "list[User]":
        """Active people by name, without the system user."""
        return list(db.session.scalars(self.active))

    @property
    def gone(self) -> "list[User]":
        """People who were here, by name."""
        from host.models.user import Role, User

        gone = select(User).where(User.account_id == self.id, ~User.active, User.role != Role.SYSTEM)
        return list(db.session.scalars(gone.order_by(User.name, User.id)))

    @property
    def active(self) -> "Select[User]":
        """The same people, to be read a page at a time."""
        from host.models.user import Role, User

        people = select(User).where(User.account_id == self.id, User.active, User.role != Role.SYSTEM)
        return people.order_by(User.name, User.id)

    @property
    def log_place(self) -> dict[str, Any]:
        """Where an event of the space itself stands in the log."""
        return {"account_id": self.id}

    def person(self, id: int) -> "User":  # noqa: A002
        """Anybody of the space, also who has left, and the system user. Raises NotFound for others."""
        from host.models.user import User

        person = db.session.scalars(select(User).filter_by(account_id=self.id, id=id)).first()
        if person is None:
            raise NotFound(_("There is no such person here."))
        return person

    def people_by_id(self, ids: Collection[int]) -> "list[User]":
        """Active people of the space. Raises NotFound when one of them is none."""
        from host.models.user import User

        found = list(db.session.scalars(self.active.where(User.id.in_(set(ids)))))
        if len(found) < len(set(ids)):
            raise NotFound(_("There is no such person here."))
        return found

    def rename(self, name: str) -> None:
        """Raises Invalid for a name that is empty or too long."""
        self.name = checked_name(name)

    def next_numbers(self, count: int = 1) -> range:
        """Reserve card numbers. The UPDATE locks the row, so two writers never get the same."""
        last = db.session.execute(
            update(Account)
            .where(Account.id == self.id)
            .values(cards_numbered=Account.cards_numbered + count)
            .returning(Account.cards_numbered)
            .execution_options(synchronize_session=False)
        ).scalar_one()
        return range(last - count + 1, last + 1)
