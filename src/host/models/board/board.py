"""A board: columns and cards that some or all people of a space may see."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, ForeignKey, Select, String, Text, bindparam, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host.clock import now
from host.db import Id, Model, db
from host.errors import Invalid, NotFound
from host.eventlog import record
from host.events import BOARD_CHANGED, BOARD_CREATED, BOARD_DELETED, COLUMN_CREATED
from host.i18n import _
from host.models.account import Account
from host.models.board.accessible import Accessible
from host.models.board.archivable import Archivable
from host.models.board.copyable import Copyable
from host.models.board.publishable import Publication, Publishable
from host.models.hue import checked_hue
from host.models.overtaken import Overtaken, version_of
from host.models.typed import checked_all, checked_name, paragraphs
from host.models.user import HUES, User

if TYPE_CHECKING:
    from host.models.card import Card, Place
    from host.models.column import Column

LONGEST_DESCRIPTION = 10_000
WORDS = frozenset({"name", "description"})


class Board(Accessible, Archivable, Copyable, Publishable, Model):
    __tablename__ = "board"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text, default="")
    hue: Mapped[str] = mapped_column(String(10), default="moss")
    template: Mapped[bool] = mapped_column(default=False)  # offered to whoever makes a new board
    archived_at: Mapped[datetime | None]
    all_access: Mapped[bool] = mapped_column(default=True)
    creator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    account: Mapped[Account] = relationship()
    creator: Mapped[User | None] = relationship()
    publication: Mapped[Publication | None] = relationship(
        back_populates="board", cascade="all, delete-orphan", passive_deletes=True
    )
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
    def words_version(self) -> str:
        """Another one after each change of the name or the description."""
        return version_of(self.name, self.description)

    def change(self, given: Mapping[str, str], *, by: User, was: str = "") -> None:
        """Change `name`, `description` (Markdown) and `hue`, as far as they are given, together. Raises Invalid for all
        that do not fit, at once. With `was`, the version of the words that these were made from, raises Overtaken when
        there is another by now, unless it says the same."""
        fitting = checked_all(CHECKS, given)
        changed = {field: value for field, value in fitting.items() if value != getattr(self, field)}
        if was and was != self.words_version and changed.keys() & WORDS:
            raise Overtaken
        told = {f"old_{field}": getattr(self, field) for field in changed if field != "description"}
        for field, value in changed.items():
            setattr(self, field, value)
        if changed:
            record(BOARD_CHANGED, self, by=by, changed=sorted(changed), **told)

    def delete(self, *, by: User) -> None:
        """Remove the board with its columns and cards and all below them; the space's log remembers its name."""
        from host.models.attachment import remove_files
        from host.models.card import Card

        remove_files(Card.board_id == self.id)
        record(BOARD_DELETED, self.account, by=by, board_id=self.id, name=self.name)
        db.session.delete(self)

    def add_column(self, name: str, hue: str | None = None, *, by: User | None = None) -> "Column":
        """A new column at the right end; without a hue it takes the next of the ladder. With `by` the log tells.

        Raises Invalid for a name that is empty or too long, or a hue that there is not.
        """
        from host.models.column import Column

        column = Column(position=self.columns[-1].position + 1 if self.columns else 0)
        column.take({"name": name, "hue": hue or HUES[(len(self.columns) * 2) % len(HUES)]})
        column.board = self
        db.session.add(column)
        db.session.flush()
        if by is not None:
            record(COLUMN_CREATED, self, by=by, column=column.name, column_id=column.id)
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

    def draft(self, by: User, *, column: "Column | None" = None) -> "Card":
        """The card that this person is writing for the board, opened if there is none; a person has one on each board.
        With a column it goes there when it is published."""
        from host.models.card import Card, Place

        # Two of their tabs may ask at once, and there is only one.
        db.session.execute(select(User.id).filter_by(id=by.id).with_for_update(key_share=True))
        mine = select(Card).filter_by(board_id=self.id, creator_id=by.id, place=Place.DRAFT)
        draft = db.session.scalars(mine).first() or Card.drafted_on(self, by)
        if column is not None:
            draft.column = column
        return draft

    def counts(self, *conditions: ColumnElement[bool]) -> "Counter[tuple[Place, int | None]]":
        """How many of the cards that meet the conditions lie in each place; those in columns by column id.
        Index: ix_card_board_id_place_column_id_…"""
        from host.models.card import Place

        counted = _counted().where(*conditions) if conditions else _counted()
        counts: Counter[tuple[Place, int | None]] = Counter()
        for place, column_id, count in db.session.execute(counted, {"counted_board": self.id}):
            counts[place, column_id if place is Place.COLUMN else None] += count
        return counts


@cache
def _counted() -> "Select[Place, int | None, int]":
    """Made once: to make it takes longer than to run it."""
    from host.models.card import Card

    found = select(Card.place, Card.column_id, func.count()).where(Card.board_id == bindparam("counted_board"))
    return found.group_by(Card.place, Card.column_id)


def checked_description(text: str) -> str:
    """The text with plain line ends. Raises Invalid above the limit."""
    text = paragraphs(text)
    if len(text) > LONGEST_DESCRIPTION:
        most = f"{LONGEST_DESCRIPTION:,}"
        raise Invalid({"description": [_("Keep the description to %(n)s characters.", n=most)]})
    return text.strip()


CHECKS: Mapping[str, Callable[[str], str]] = {
    "name": checked_name,
    "description": checked_description,
    "hue": checked_hue,
}
