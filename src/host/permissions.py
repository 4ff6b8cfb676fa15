"""Who may see and do what, in one place: lists and single things through the same clause."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, func, select

from host.db import db
from host.errors import Forbidden
from host.i18n import _

if TYPE_CHECKING:
    from host.models import Board, User


def visible(model: type[Any], user: "User") -> ColumnElement[bool]:
    """The clause that keeps rows of `model` (Board, Card, or anything with a `board_id`) to what this person may see.

    Admins get no board for free: a board is seen by those who have an Access (fizzy.md 1.2).
    """
    from host.models import Access, Board

    seen = select(Access.board_id).where(Access.user_id == user.id)
    column = Board.id if model is Board else model.board_id
    clause: ColumnElement[bool] = column.in_(seen)
    return clause & (model.account_id == user.account_id) if hasattr(model, "account_id") else clause


def may_administer(user: "User") -> bool:
    """Owners and admins."""
    return user.is_admin


def may_operate(user: "User") -> bool:
    """Who looks after the installation itself, where there is no telling whose data a thing is: jobs and their
    tracebacks serve all spaces. The admins of the space that was opened first."""
    return user.is_admin and user.account_id == db.session.scalar(_first_account())


def operators() -> "Sequence[User]":
    """Everybody who may operate."""
    from host.models import Role, User

    admins = User.role.in_((Role.OWNER, Role.ADMIN)) & User.active
    return db.session.scalars(select(User).where(admins, User.account_id == _first_account().scalar_subquery())).all()


def may_run(user: "User", board: "Board") -> bool:
    """Owners, admins and the board's creator."""
    return user.is_admin or board.creator_id == user.id


def require(allowed: bool) -> None:
    """Raises Forbidden unless allowed."""
    if not allowed:
        raise Forbidden(_("Only admins can do this."))


def _first_account() -> "Select[int]":
    from host.models import Account

    return select(func.min(Account.id))
