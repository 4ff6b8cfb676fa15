"""Cards and boards of which a person wants to hear nothing, but that somebody speaks to them or gives them a card."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, delete, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column

from host import Board, Card, Id, Model, User, db, insert_ignoring, now
from plugins.notifications.reasons import Reason
from plugins.notifications.recipients import Told

ON_CARD, ON_BOARD = text("card_id IS NOT NULL"), text("board_id IS NOT NULL")
STILL_TOLD = (Reason.MENTION, Reason.ASSIGNED, Reason.NOTICE)


class Mute(Model):
    __tablename__ = "notifications_mute"
    __table_args__ = (
        Index(None, "card_id", "user_id", unique=True, sqlite_where=ON_CARD, postgresql_where=ON_CARD),
        Index(None, "board_id", "user_id", unique=True, sqlite_where=ON_BOARD, postgresql_where=ON_BOARD),
        Index(None, "user_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    card_id: Mapped[int | None] = mapped_column(ForeignKey("card.id", ondelete="CASCADE"))
    board_id: Mapped[int | None] = mapped_column(ForeignKey("board.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(default=now)


def mute(person: User, what: Card | Board) -> None:
    """Muting it again changes nothing."""
    db.session.execute(insert_ignoring(Mute).values(user_id=person.id, created_at=now(), **_of(what)))


def unmute(person: User, what: Card | Board) -> None:
    db.session.execute(delete(Mute).filter_by(user_id=person.id, **_of(what)))


def is_muted(person: User, what: Card | Board) -> bool:
    return db.session.scalars(select(Mute.id).filter_by(user_id=person.id, **_of(what))).first() is not None


def heard(told: Sequence[Told]) -> list[Told]:
    """Without what is muted. Indexes: ix_notifications_mute_card_id_user_id, ix_notifications_mute_board_id_user_id."""
    cards = {each.event.card_id for each in told if each.event.card_id}
    boards = {each.event.board_id for each in told if each.event.board_id}
    muted = _muted(cards, boards)
    return [each for each in told if each.reason in STILL_TOLD or not muted & _keys(each)]


def _muted(cards: Collection[int], boards: Collection[int]) -> set[tuple[int, str, int]]:
    rows = select(Mute.user_id, Mute.card_id, Mute.board_id)
    found = db.session.execute(rows.where(or_(Mute.card_id.in_(cards), Mute.board_id.in_(boards))))
    return {(user, "card", card) if card else (user, "board", board or 0) for user, card, board in found}


def _keys(told: Told) -> set[tuple[int, str, int]]:
    user, event = told.user_id, told.event
    return {(user, "card", event.card_id or 0), (user, "board", event.board_id or 0)}


def _of(what: Card | Board) -> dict[str, int | None]:
    return {"card_id": what.id, "board_id": None} if isinstance(what, Card) else {"card_id": None, "board_id": what.id}
