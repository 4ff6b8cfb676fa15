"""Where and how a card stands: what an action on many cards may change, and what its undo brings back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from host.db import db
from host.events import CARD_PUT_BACK
from host.models.card.closeable import Closure
from host.models.card.postponable import Postponement
from host.models.card.watchable import Watch
from host.models.column import Column
from host.models.user import User

if TYPE_CHECKING:
    from host.models.card.card import Card

When = Sequence[Any]  # whose it is (an id or nothing), whether by itself, and when (ISO 8601); empty where it is not


class Standing(NamedTuple):
    """Plain values, as JSON keeps them. Who watches is no part of what makes two of them differ, nor is the rank."""

    board_id: int
    column_id: int | None
    active: str
    closed: When
    rests: When
    tags: Sequence[str]
    assignees: Sequence[int]
    rank: int = 0

    @classmethod
    def of(cls, card: "Card") -> "Standing":
        closure, rest = card.closure, card.postponement
        return cls(
            card.board_id,
            card.column.id if card.column else None,
            card.last_active_at.isoformat(),
            [closure.creator_id, False, closure.at.isoformat()] if closure else [],
            [rest.creator_id, rest.automatic, rest.at.isoformat()] if rest else [],
            sorted(tag.title for tag in card.tags),
            sorted(person.id for person in card.assignees),
            card.rank,
        )

    @property
    def kept(self) -> Mapping[str, Any]:
        return self._asdict()

    def same_as(self, other: "Standing") -> bool:
        """Where a card lies in its column changes by what is done to others."""
        return self._replace(rank=0) == other._replace(rank=0)

    def placed_as(self, other: "Standing") -> bool:
        return (self.column_id, self.closed, self.rests) == (other.column_id, other.closed, other.rests)

    def bring_back(self, card: "Card", by: User) -> None:
        """The card has its place, its tags, its people and its age again; a column that is gone is Maybe?."""
        now_standing = Standing.of(card)
        for title in set(now_standing.tags) - set(self.tags):
            card.untag(title)
        for person in [each for each in card.assignees if each.id not in self.assignees]:
            card.unassign(person, by)
        if not self.placed_as(now_standing):
            self._place(card)
            card.record(CARD_PUT_BACK, by=by)
        card.last_active_at = datetime.fromisoformat(self.active)

    def _place(self, card: "Card") -> None:
        card.closure = card.postponement = None
        db.session.flush()  # or what follows would be written before these are deleted
        column = db.session.get(Column, self.column_id) if self.column_id else None
        card.column = column if column and column.board_id == card.board_id else None
        if self.closed:
            who, _automatic, at = self.closed
            card.closure = Closure(creator_id=who, at=datetime.fromisoformat(at))
        if self.rests:
            who, automatic, at = self.rests
            card.postponement = Postponement(creator_id=who, automatic=automatic, at=datetime.fromisoformat(at))
        card.settle()
        card.rank = self.rank


def unwatch(card: "Card", watchers: Sequence[int]) -> None:
    """Take back that people watch since: all but these."""
    added: list[Watch] = [watch for watch in card.watches if watch.user_id not in watchers]
    for watch in added:
        card.watches.remove(watch)
