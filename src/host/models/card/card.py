"""The card: a number, a title, a place, and the traits that change them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, ForeignKey, Index, String, Text, UniqueConstraint, literal, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host import eventlog
from host.clock import now
from host.db import Id, Model, db, words
from host.errors import Invalid
from host.events import CARD_DELETED, CARD_KEPT, CARD_PUBLISHED, EventKind
from host.i18n import _
from host.models.account import Account
from host.models.attachment import Attachment, Cover, remove_files
from host.models.board import Board
from host.models.card.assignable import Assignable, Assignment
from host.models.card.attachable import Attachable
from host.models.card.closeable import Closeable, Closure
from host.models.card.commentable import Commentable
from host.models.card.copyable import Copyable
from host.models.card.dated import Dated
from host.models.card.draftable import Draftable
from host.models.card.editable import Editable, checked_description, checked_title
from host.models.card.golden import Golden, Goldness
from host.models.card.layable import Layable
from host.models.card.movable import Movable
from host.models.card.place import AWAKE, Place
from host.models.card.postponable import Postponable, Postponement
from host.models.card.reactable import Reactable
from host.models.card.removable import Removable, Removal
from host.models.card.stallable import Stallable
from host.models.card.stepped import Stepped
from host.models.card.taggable import Taggable, Tagging
from host.models.card.triageable import Triageable
from host.models.card.watchable import Watch, Watchable
from host.models.column import Column
from host.models.comment import Comment
from host.models.event import Event
from host.models.step import Step
from host.models.user import User


class Card(
    Closeable,
    Postponable,
    Triageable,
    Layable,
    Movable,
    Golden,
    Stallable,
    Assignable,
    Watchable,
    Taggable,
    Stepped,
    Commentable,
    Editable,
    Draftable,
    Reactable,
    Attachable,
    Removable,
    Dated,
    Copyable,
    Model,
):
    __tablename__ = "card"
    __table_args__ = (
        UniqueConstraint("account_id", "number"),
        # The board page: a board's cards by place, newest first.
        Index(None, "board_id", "place", "column_id", "last_active_at"),
        # The sweep and its preview: only cards whose clock runs.
        Index(
            "ix_card_awake",
            "board_id",
            "last_active_at",
            sqlite_where=text("place IN ('maybe', 'column')"),
            postgresql_where=text("place IN ('maybe', 'column')"),
        ),
        # A column that is ordered by hand.
        Index("ix_card_column_id_rank", "column_id", "rank"),
        # Not now and Done: what came last first.
        Index(
            "ix_card_put_away",
            "board_id",
            "place",
            "put_away_at",
            sqlite_where=text("put_away_at IS NOT NULL"),
            postgresql_where=text("put_away_at IS NOT NULL"),
        ),
        # All cards that are awake, over all boards, the last touched first.
        Index(
            "ix_card_account_awake",
            "account_id",
            "last_active_at",
            sqlite_where=text("place IN ('maybe', 'column')"),
            postgresql_where=text("place IN ('maybe', 'column')"),
        ),
        Index(
            "ix_card_spiked",
            "activity_spike_at",
            sqlite_where=text("activity_spike_at IS NOT NULL"),
            postgresql_where=text("activity_spike_at IS NOT NULL"),
        ),
        # Cards with a day by which they are to be done, over all boards.
        Index(
            "ix_card_due",
            "account_id",
            "due_on",
            sqlite_where=text("due_on IS NOT NULL"),
            postgresql_where=text("due_on IS NOT NULL"),
        ),
        Index(None, "account_id", "created_at"),
        Index(None, "creator_id", "created_at"),
        # One draft a person and board.
        Index(
            "ix_card_draft",
            "board_id",
            "creator_id",
            unique=True,
            sqlite_where=text("place = 'draft'"),
            postgresql_where=text("place = 'draft'"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id", ondelete="CASCADE"))
    column_id: Mapped[int | None] = mapped_column(ForeignKey("column.id", ondelete="SET NULL"))
    number: Mapped[int] = mapped_column(BigInteger)  # as wide as what an address may ask for
    title: Mapped[str] = mapped_column(String(255))
    description: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[Place] = mapped_column(words(Place), default=Place.MAYBE)
    creator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_active_at: Mapped[datetime] = mapped_column(default=now)
    activity_spike_at: Mapped[datetime | None]
    put_away_at: Mapped[datetime | None]  # when it was closed or laid to rest, while it lies there
    due_on: Mapped[date | None]
    rank: Mapped[int] = mapped_column(BigInteger, default=0)  # see `lying`: the smallest on top, where it counts at all

    account: Mapped[Account] = relationship()
    board: Mapped[Board] = relationship()
    column: Mapped[Column | None] = relationship()
    creator: Mapped[User | None] = relationship()
    closure: Mapped[Closure | None] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    postponement: Mapped[Postponement | None] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    removal: Mapped[Removal | None] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    goldness: Mapped[Goldness | None] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    assignments: Mapped[list[Assignment]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Assignment.id"
    )
    watches: Mapped[list[Watch]] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    taggings: Mapped[list[Tagging]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Tagging.id"
    )
    attachments: Mapped[list[Attachment]] = relationship(
        primaryjoin="and_(Card.id == Attachment.card_id, Attachment.removed_at.is_(None))",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Attachment.id",
    )
    cover: Mapped[Cover | None] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    steps: Mapped[list[Step]] = relationship(
        back_populates="card",
        primaryjoin="and_(Card.id == Step.card_id, Step.removed_at.is_(None))",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Step.position, Step.id",
    )
    comments: Mapped[list[Comment]] = relationship(
        back_populates="card",
        primaryjoin="and_(Card.id == Comment.card_id, Comment.removed_at.is_(None))",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Comment.created_at, Comment.id",
    )

    @classmethod
    def create(
        cls,
        board: Board,
        title: str,
        *,
        by: User,
        description: str = "",
        column: Column | None = None,
        created_at: datetime | None = None,
        last_active_at: datetime | None = None,
    ) -> "Card":
        """Publish a card into Maybe? or a column of the board. Raises Invalid for a title that is empty or too long,
        a huge description, or a column of another board."""
        if column is not None and column.board_id != board.id:
            raise Invalid({"column": [_("That column is on another board.")]})
        if column is not None:
            column.hold()
        born = created_at or now()
        card = cls(
            account_id=board.account_id,
            account=board.account,
            board=board,
            number=board.account.next_numbers()[0],
            title=checked_title(title),
            description=checked_description(description),
            column=column,
            creator=by,
            created_at=born,
            last_active_at=last_active_at or born,
        )
        card.settle()
        card.lie_on_top()
        db.session.add(card)
        db.session.flush()
        card.watch(by)
        card.record(CARD_PUBLISHED, by=by)
        return card

    @classmethod
    def drafted_on(cls, board: Board, by: User) -> "Card":
        """An empty draft; `Board.draft` sees to it that it is the only one."""
        number = board.account.next_numbers()[0]
        card = cls(account_id=board.account_id, account=board.account, board=board, number=number, title="", creator=by)
        card.place = Place.DRAFT
        db.session.add(card)
        db.session.flush()
        return card

    @hybrid_property
    def awake(self) -> bool:
        """Published, not closed, not resting: its clock runs. As a clause too, `where(Card.awake)`."""
        return self.place in AWAKE

    @awake.inplace.expression
    @classmethod
    def _awake(cls) -> ColumnElement[bool]:
        # Written out rather than bound: only then do the databases see that the partial index ix_card_awake will do.
        return cls.place.in_([literal(place, cls.place.type, literal_execute=True) for place in AWAKE])

    def keep(self, by: User) -> None:
        """Start the clock again; only a card whose clock runs can be kept."""
        if self.awake:
            self.record(CARD_KEPT, by=by)

    def delete(self, *, by: User) -> None:
        """Remove the card and all below it, at once and for good (`remove` is for people); the board's log remembers
        its number and title."""
        eventlog.forget(self.id)
        remove_files(Card.id == self.id)
        eventlog.record(CARD_DELETED, self.board, by=by, number=self.number, title=self.title)
        db.session.delete(self)

    @property
    def log_place(self) -> dict[str, Any]:
        """Where an event of this card stands in the log."""
        return {"account_id": self.account_id, "board_id": self.board_id, "card": self}

    def record(self, kind: EventKind, *, by: User, automatic: bool = False, **particulars: Any) -> Event | None:
        """Write an event about the card; of a draft nobody hears."""
        if self.place is Place.DRAFT:
            return None
        return eventlog.record(kind, self, by=by, automatic=automatic, **particulars)

    def settle(self) -> None:
        """Bring `place`, and since when the card is put away, in step with the rows that say why; the traits call it
        after each change."""
        if self.place is Place.DRAFT:
            return
        why = self.closure or self.postponement
        self.put_away_at = why.at if why else None
        if self.removal:
            self.place = Place.REMOVED
        elif self.closure:
            self.place = Place.DONE
        elif self.postponement:
            self.place = Place.NOT_NOW
        else:
            self.place = Place.COLUMN if self.column else Place.MAYBE
