"""A board: columns and cards that some or all people of a space may see."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host.clock import now
from host.db import Id, Model, db, insert_ignoring
from host.errors import NotFound
from host.eventlog import record
from host.events import BOARD_CREATED
from host.i18n import _
from host.models.access import Access
from host.models.account import Account
from host.models.typed import checked_name
from host.models.user import HUES, User

if TYPE_CHECKING:
    from host.models.card import Card, Place
    from host.models.column import Column


class Board(Model):
    __tablename__ = "board"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    all_access: Mapped[bool] = mapped_column(default=True)
    creator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    account: Mapped[Account] = relationship()
    creator: Mapped[User | None] = relationship()
    columns: Mapped[list["Column"]] = relationship(
        order_by="Column.position, Column.id",
        back_populates="board",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

    @classmethod
    def create(cls, name: str, *, by: User, all_access: bool = True, columns: Iterable[str] = ()) -> "Board":
        """Make a board with its columns; its creator watches it. Raises Invalid for a name that is none."""
        name = checked_name(name)
        board = cls(account_id=by.account_id, account=by.account, name=name, creator=by, all_access=all_access)
        db.session.add(board)
        db.session.flush()
        board.grant(by.account.people if all_access else [by])
        board.watch(by)
        for title in columns:
            board.add_column(title)
        record(BOARD_CREATED, board, by=by)
        return board

    @property
    def log_place(self) -> dict[str, Any]:
        """Where an event of this board stands in the log."""
        return {"account_id": self.account_id, "board_id": self.id}

    @property
    def people(self) -> list[User]:
        """The active people who may see this board, by name."""
        may_see = select(User).join(Access, Access.user_id == User.id).where(Access.board_id == self.id, User.active)
        return list(db.session.scalars(may_see.order_by(User.name, User.id)))

    def rename(self, name: str) -> None:
        """Raises Invalid for a name that is empty or too long."""
        self.name = checked_name(name)

    def grant(self, people: Iterable[User]) -> None:
        """Let these people see the board; those who do already keep what they have."""
        rows = [
            {"board_id": self.id, "user_id": person.id, "watching": False, "created_at": now()} for person in people
        ]
        if rows:
            db.session.execute(insert_ignoring(Access), rows)

    def watch(self, person: User, *, watching: bool = True) -> None:
        """Whether this person hears of cards that are added to the board."""
        access = db.session.scalars(select(Access).filter_by(board_id=self.id, user_id=person.id)).first()
        if access is None:
            raise NotFound(_("There is no such board."))
        access.watching = watching

    def add_column(self, name: str, hue: str | None = None) -> "Column":
        """A new column at the right end; without a hue it takes the next of the ladder.

        Raises Invalid for a name that is empty or too long, or a hue that there is not.
        """
        from host.models.column import Column

        column = Column(position=self.columns[-1].position + 1 if self.columns else 0)
        column.change(name, hue or HUES[(len(self.columns) * 2) % len(HUES)])
        column.board = self
        db.session.add(column)
        db.session.flush()
        return column

    def column(self, id: int) -> "Column":  # noqa: A002
        """Raises NotFound for a column of another board."""
        for column in self.columns:
            if column.id == id:
                return column
        raise NotFound(_("There is no such column on this board."))

    def add_card(self, title: str, *, by: User | None = None, **fields: Any) -> "Card":
        """A published card in Maybe?, watched by whoever added it; see Card.create for the fields."""
        from host.models.card import Card

        return Card.create(self, title, by=by or self.account.owner, **fields)

    def counts(self, *conditions: ColumnElement[bool]) -> "Counter[tuple[Place, int | None]]":
        """How many of the cards that meet the conditions lie in each place; those in columns by column id.
        Index: ix_card_board_id_place_column_id_…"""
        from host.models.card import Card, Place

        query = select(Card.place, Card.column_id, func.count()).where(Card.board_id == self.id, *conditions)
        counts: Counter[tuple[Place, int | None]] = Counter()
        for place, column_id, count in db.session.execute(query.group_by(Card.place, Card.column_id)):
            counts[place, column_id if place is Place.COLUMN else None] += count
        return counts
