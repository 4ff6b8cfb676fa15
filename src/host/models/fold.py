"""Which columns of a board a person keeps folded or open."""

from functools import cache

from sqlalchemy import ForeignKey, Select, String, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from host.db import Id, Model, db, upsert
from host.models.board import Board
from host.models.user import User

FOLDED_AT_FIRST = frozenset({"not_now", "done"})


class Fold(Model):
    __tablename__ = "fold"
    __table_args__ = (UniqueConstraint("user_id", "board_id", "key"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(30))  # a place, or column-<id>
    folded: Mapped[bool]

    @classmethod
    def set(cls, user: User, board: Board, key: str, *, folded: bool) -> None:
        """Remember how this person wants the column. One statement, so that two of their tabs may say so at once."""
        wanted = upsert(cls).values(user_id=user.id, board_id=board.id, key=key, folded=folded)
        one = [cls.user_id, cls.board_id, cls.key]
        db.session.execute(wanted.on_conflict_do_update(index_elements=one, set_={"folded": folded}))

    @classmethod
    def keys(cls, user: User, board: Board) -> frozenset[str]:
        """The keys of the columns that are folded for this person; Not now and Done are until opened."""
        chosen = dict(db.session.execute(_said(), {"person": user.id, "board": board.id}).all())
        return frozenset(key for key in FOLDED_AT_FIRST | chosen.keys() if chosen.get(key, key in FOLDED_AT_FIRST))


@cache
def _said() -> Select[str, bool]:
    """Made once: each board asks. Index: uq_fold_user_id_board_id_key."""
    theirs = Fold.user_id == bindparam("person"), Fold.board_id == bindparam("board")
    return select(Fold.key, Fold.folded).where(*theirs)
