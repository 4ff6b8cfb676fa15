"""Who hears of a card's comments."""

from collections.abc import Iterable

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host.db import Id, Model, db, upsert
from host.models.card.trait import Trait
from host.models.user import User


class Watch(Model):
    __tablename__ = "watch"
    __table_args__ = (UniqueConstraint("card_id", "user_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    watching: Mapped[bool] = mapped_column(default=True)  # False: they said no, which a board's watchers may

    user: Mapped[User] = relationship()


class Watchable(Trait):
    @property
    def watchers(self) -> list[User]:
        return [watch.user for watch in self.watches if watch.watching]

    def watched_by(self, person: User) -> bool:
        return any(watch.watching for watch in self.watches if watch.user_id == person.id)

    def watch(self, person: User, *, watching: bool = True) -> None:
        """Remember whether this person wants to hear of the card."""
        for watch in self.watches:
            if watch.user_id == person.id:
                watch.watching = watching
                return
        self.watches.append(Watch(user=person, user_id=person.id, watching=watching))


def watch_cards(pairs: Iterable[tuple[int, int]]) -> None:
    """Let these people watch these cards, as (card id, user id), with one statement (law 4)."""
    rows = [{"card_id": card_id, "user_id": user_id, "watching": True} for card_id, user_id in sorted(set(pairs))]
    if rows:
        watched = upsert(Watch).on_conflict_do_update(index_elements=["card_id", "user_id"], set_={"watching": True})
        db.session.execute(watched, rows)
