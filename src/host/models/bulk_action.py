"""One action on many cards, in one transaction, which can be taken back as one for ten minutes."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, and_, delete, select
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from host.clock import now
from host.db import LARGEST, Id, Model, db, only_reading
from host.errors import Invalid, NotFound
from host.i18n import _
from host.models.board import Board
from host.models.card import Card
from host.models.card.standing import Standing, unwatch
from host.models.column import Column
from host.models.user import User
from host.permissions import visible

MOST = 100  # cards at once
UNDONE_WITHIN = timedelta(minutes=10)

Change = Callable[[Card], object]


class BulkAction(Model):
    """`changes` has a line for each card that the action changed: how it stood before, and how after."""

    __tablename__ = "bulk_action"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    verb: Mapped[str] = mapped_column(String(20))
    changes: Mapped[list[Mapping[str, Any]]] = mapped_column(JSON, default=list)
    at: Mapped[datetime] = mapped_column(default=now)
    undone_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()

    @classmethod
    def close(cls, cards: Sequence[Card], by: User) -> "BulkAction":
        return cls._done("close", cards, by, lambda card: card.close(by))

    @classmethod
    def postpone(cls, cards: Sequence[Card], by: User) -> "BulkAction":
        return cls._done("postpone", cards, by, lambda card: card.postpone(by))

    @classmethod
    def move(cls, cards: Sequence[Card], column: Column | None, by: User) -> "BulkAction":
        """Into the column, or without one to Maybe?. Raises Invalid for a column of another board than a card's."""
        if column is None:
            return cls._done("move", cards, by, lambda card: card.send_back_to_triage(by))
        return cls._done("move", cards, by, lambda card: card.triage_into(column, by))

    @classmethod
    def tag(cls, cards: Sequence[Card], title: str, by: User) -> "BulkAction":
        """Raises Invalid for a tag without a word."""
        return cls._done("tag", cards, by, lambda card: card.tag(title))

    @classmethod
    def assign(cls, cards: Sequence[Card], person: User, by: User) -> "BulkAction":
        """Raises Invalid for somebody who may not see one of the cards."""
        return cls._done("assign", cards, by, lambda card: card.assign(person, by))

    @classmethod
    def one(cls, by: User, id: int) -> "BulkAction":  # noqa: A002
        """Raises NotFound for one that is not theirs."""
        found = db.session.scalars(select(cls).where(cls.user_id == by.id, cls.id == id).with_for_update()).first()
        if found is None:
            raise NotFound(_("There is no such action of yours."))
        return found

    @property
    def count(self) -> int:
        """How many cards it changed."""
        return len(self.changes)

    @property
    def undoable(self) -> bool:
        return self.undone_at is None and now() - self.at < UNDONE_WITHIN

    def undo(self) -> int:
        """Put back each card that nobody touched since; how many that were. Raises Invalid when it is too late, or done
        already, and Forbidden while one of their boards lies in the archive."""
        if not self.undoable:
            raise Invalid({"undo": [_("This can be undone for ten minutes, once.")]})
        for board in db.session.scalars(select(Board).where(Board.id.in_(self._boards))):
            board.require_unarchived()
        self.undone_at = now()
        cards = {card.id: card for card in _held(self.user, Card.id.in_([each["card"] for each in self.changes]))}
        back = [each for each in self.changes if each["card"] in cards and _untouched(cards[each["card"]], each)]
        for each in back:
            card = cards[each["card"]]
            Standing(**each["before"]).bring_back(card, self.user)
            unwatch(card, each["watchers"])
        return len(back)

    @property
    def _boards(self) -> Collection[int]:
        return {line["before"]["board_id"] for line in self.changes}

    @classmethod
    def _done(cls, verb: str, cards: Sequence[Card], by: User, change: Change) -> "BulkAction":
        # What cannot be undone any more is of no use.
        db.session.execute(delete(cls).where(cls.user_id == by.id, cls.at < now() - UNDONE_WITHIN))
        done = cls(user=by, verb=verb, at=now(), changes=[line for card in cards if (line := _changed(card, change))])
        db.session.add(done)
        db.session.flush()
        return done


def cards_numbered(numbers: Collection[int], by: User) -> Sequence[Card]:
    """Those of these that this person may see, held until the transaction ends. What is gone meanwhile is passed over.
    Raises NotFound where none is there, Invalid for more than a hundred."""
    if len(numbers) > MOST:
        raise Invalid({"cards": [_("At most %(n)s cards at once.", n=MOST)]})
    named = Card.number.in_([number for number in numbers if 0 < number <= LARGEST])
    cards = _held(by, and_(Card.account_id == by.account_id, named))  # Index: uq_card_account_id_number
    if not cards:
        raise NotFound(_("There are no such cards."))
    return cards


def _held(by: User, which: Any) -> Sequence[Card]:
    """With all that may change, in a fixed number of statements, in an order that everybody keeps."""
    parts = (Card.closure, Card.postponement, Card.column, Card.assignments, Card.taggings, Card.watches, Card.board)
    found = select(Card).where(visible(Card, by), which).order_by(Card.id)
    if not only_reading():
        found = found.with_for_update(key_share=True, of=Card).execution_options(populate_existing=True)
    return db.session.scalars(found.options(*(selectinload(part) for part in parts))).all()


def _changed(card: Card, change: Change) -> Mapping[str, Any] | None:
    before, watchers = Standing.of(card), [watch.user_id for watch in card.watches]
    change(card)
    after = Standing.of(card)
    if after.same_as(before):
        return None
    return {"card": card.id, "before": before.kept, "after": after.kept, "watchers": watchers}


def _untouched(card: Card, line: Mapping[str, Any]) -> bool:
    return Standing.of(card).same_as(Standing(**line["after"]))
