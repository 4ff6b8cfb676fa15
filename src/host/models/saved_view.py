"""A filter that somebody keeps under a name of their own."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Select, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host.clock import now
from host.db import Id, Model, db
from host.errors import Invalid, NotFound
from host.i18n import _
from host.models.typed import checked_name
from host.models.user import User

MOST = 100

Asked = Mapping[str, Sequence[str]]


class SavedView(Model):
    """`asked` are the words of an address, as `host.filters` reads them: what they name may be gone by now. `columned`
    says that it is seen as the columns of the one board that it asks for."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("user_id", "name"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(120))
    asked: Mapped[Asked] = mapped_column(JSON, default=dict)
    columned: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)

    user: Mapped[User] = relationship()

    @classmethod
    def of(cls, person: User) -> Select["SavedView"]:
        """All of theirs by name. Index: uq_saved_view_user_id_name."""
        return select(cls).where(cls.user_id == person.id).order_by(func.lower(cls.name), cls.id)

    @classmethod
    def one(cls, person: User, id: int) -> "SavedView":  # noqa: A002
        """Raises NotFound for one that is not theirs."""
        view = db.session.scalars(select(cls).where(cls.user_id == person.id, cls.id == id)).first()
        if view is None:
            raise NotFound(_("You have no such view."))
        return view

    @classmethod
    def keep(cls, person: User, name: str, asked: Asked, *, columned: bool = False) -> "SavedView":
        """Raises Invalid for a name that is none or taken, for a filter that asks for nothing, and beyond 100."""
        view = cls(user=person, user_id=person.id)
        with db.session.no_autoflush:
            if (db.session.scalar(select(func.count()).where(cls.user_id == person.id)) or 0) >= MOST:
                raise Invalid({"name": [_("You have %(n)s views; remove one first.", n=MOST)]})
            view.rename(name)
            view.replace(asked, columned=columned)
        db.session.add(view)
        db.session.flush()
        return view

    def rename(self, name: str) -> None:
        """Raises Invalid for a name that is none, or that another view of theirs has."""
        name = checked_name(name)
        others = select(SavedView.id).where(SavedView.user_id == self.user_id, SavedView.name == name)
        # One at a time for each person: two tabs that keep the same name meet here rather than at the constraint.
        db.session.execute(select(User.id).where(User.id == self.user_id).with_for_update(key_share=True))
        if any(id != self.id for id in db.session.scalars(others)):  # noqa: A001
            raise Invalid({"name": [_("You have a view of this name.")]})
        self.name = name

    def replace(self, asked: Asked, *, columned: bool) -> None:
        """Ask for something else from now on. Raises Invalid for nothing."""
        if not asked:
            raise Invalid({"filter": [_("Ask for something first: a view is a filter with a name.")]})
        self.asked = {name: list(values) for name, values in asked.items()}
        self.columned = columned and len(self.asked.get("board", ())) == 1

    def delete(self) -> None:
        db.session.delete(self)
