"""What people chose: the clock of a space, and of a board with its own. Without a row nobody chose."""

from sqlalchemy import ForeignKey, delete
from sqlalchemy.orm import Mapped, mapped_column

from host import Account, Board, Id, Invalid, Model, db, publish_live, upsert
from plugins.entropy.duration import LIMITS, within_limits


class AccountEntropy(Model):
    __tablename__ = "entropy_account"

    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    period_seconds: Mapped[int | None]  # None: never
    golden_stays: Mapped[bool] = mapped_column(default=False)

    @classmethod
    def choose(cls, account: Account, seconds: int | None, *, golden_stays: bool | None = None) -> None:
        """Let cards rest after this time, never with None. Whether golden cards stay awake is left alone unless given.
        Raises Invalid for a period out of bounds."""
        values: dict[str, object] = {"period_seconds": _checked(seconds)}
        if golden_stays is not None:
            values["golden_stays"] = golden_stays
        _put(cls, {"account_id": account.id}, values)
        _tell(account.id)


class BoardEntropy(Model):
    __tablename__ = "entropy_board"

    board_id: Mapped[int] = mapped_column(Id, ForeignKey("board.id", ondelete="CASCADE"), primary_key=True)
    period_seconds: Mapped[int | None]  # None: never

    @classmethod
    def choose(cls, board: Board, seconds: int | None) -> None:
        """Give the board a clock of its own, None for never. Raises Invalid for a period out of bounds."""
        _put(cls, {"board_id": board.id}, {"period_seconds": _checked(seconds)})
        _tell(board.account_id)

    @classmethod
    def drop(cls, board: Board) -> None:
        """Let the board follow its space again."""
        db.session.execute(delete(cls).where(cls.board_id == board.id))
        _tell(board.account_id)


def _checked(seconds: int | None) -> int | None:
    if seconds is not None and not within_limits(seconds):
        raise Invalid({"period_seconds": [LIMITS]})
    return seconds


def _tell(account_id: int) -> None:
    """Open pages show it at once, a card's page among them, which listens for its card alone."""
    publish_live("everything", account_id=account_id)


def _put(model: type[Model], key: dict[str, int], values: dict[str, object]) -> None:
    """Insert or update in one step: of two people who choose at the same moment, the later one's choice stays."""
    row = upsert(model).values({**key, **values}).on_conflict_do_update(index_elements=[*key], set_=values)
    db.session.execute(row, execution_options={"populate_existing": True})
