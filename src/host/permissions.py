"""Who may see and do what, in one place: lists and single things through the same clause."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased

from host.db import db
from host.errors import Forbidden
from host.i18n import _

if TYPE_CHECKING:
    from host.models import Board, Card, User


def visible(model: type[Any], user: "User") -> ColumnElement[bool]:
    """The clause that keeps rows of `model` (Board, Card, or anything with a `board_id`) to what this person may see,
    without what lies on boards in the archive: that is for lists.

    Admins get no board for free: a board is seen by those who have an Access (fizzy.md 1.2). Drafts are nobody's to
    see, see `own_draft`.
    """
    from host.models import Board

    if model is Board:
        return known(model, user) & Board.archived_at.is_(None)
    return _kept_to(model, user, _open_to(user).where(_theirs().archived_at.is_(None)))


def known(model: type[Any], user: "User") -> ColumnElement[bool]:
    """The same with what lies in the archive: for a single thing that is asked for by its name."""
    return _kept_to(model, user, _open_to(user))


def own_draft(user: "User") -> ColumnElement[bool]:
    """The clause for cards that this person has not published yet, on boards that they still see."""
    from host.models import Card, Place

    return (Card.place == Place.DRAFT) & (Card.creator_id == user.id) & Card.board_id.in_(_open_to(user))


def removed(user: "User") -> ColumnElement[bool]:
    """The clause for cards that were removed and can still be brought back, on boards that this person sees."""
    from host.models import Card, Place

    return (Card.place == Place.REMOVED) & Card.board_id.in_(_open_to(user))


def may_delete(user: "User", card: "Card") -> bool:
    """Owners, admins and the card's creator."""
    return user.is_admin or card.creator_id == user.id


def may_administer(user: "User") -> bool:
    """Owners and admins."""
    return user.is_admin


def may_operate(user: "User") -> bool:
    """Who looks after the installation itself, where there is no telling whose data a thing is: jobs and their
    tracebacks serve all spaces. The admins of the space that was opened first."""
    return user.is_admin and bool(db.session.scalar(select(operating(user))))


def operating(user: "User") -> ColumnElement[bool]:
    """Whether an admin may, as a clause beside others."""
    return _first_account().scalar_subquery() == user.account_id


def operators() -> "Sequence[User]":
    """Everybody who may operate."""
    from host.models import Role, User

    admins = User.role.in_((Role.OWNER, Role.ADMIN)) & User.active
    return db.session.scalars(select(User).where(admins, User.account_id == _first_account().scalar_subquery())).all()


def may_run(user: "User", board: "Board") -> bool:
    """Owners, admins and the board's creator."""
    return user.is_admin or board.creator_id == user.id


def may_appoint(user: "User", person: "User") -> bool:
    """Make them an admin or a member: admins, of others; an owner stays one."""
    return user.is_admin and person.active and person.id != user.id and _is_below_owners(person)


def may_dismiss(user: "User", person: "User") -> bool:
    """Send them away: admins, and everybody may go; an owner stays until they hand the space over."""
    return (user.is_admin or person.id == user.id) and person.active and _is_below_owners(person)


def may_readmit(user: "User", person: "User") -> bool:
    """Let somebody who left in again: admins."""
    return user.is_admin and not person.active and _is_below_owners(person)


def may_hand_over(user: "User", person: "User") -> bool:
    """Make them the owner in one's place: owners."""
    from host.models import Role

    return user.role is Role.OWNER and person.active and _is_below_owners(person)


def require(allowed: bool) -> None:
    """Raises Forbidden unless allowed."""
    if not allowed:
        raise Forbidden(_("Only admins can do this."))


def require_maker(maker_id: int | None, user: "User") -> None:
    """Raises Forbidden for anybody else, admins too: what a person said is theirs (fizzy.md 1.2)."""
    if maker_id != user.id:
        raise Forbidden(_("Only whoever wrote this can change it."))


def _open_to(user: "User") -> Select[int]:
    """The ids of the boards of this person's space that they have an Access to."""
    from host.models import Access

    return _accesses().where(Access.user_id == user.id, _theirs().account_id == user.account_id)


@cache
def _accesses() -> Select[int]:
    """Boards, once for each who has access. Made once, as it is asked for on every page."""
    from host.models import Access

    return select(Access.board_id).join(_theirs(), _theirs().id == Access.board_id).correlate(None)


@cache
def _theirs() -> type["Board"]:
    """The boards of that statement: the one it is part of may have a board of its own."""
    from host.models import Board

    return aliased(Board)


def _kept_to(model: type[Any], user: "User", boards: "Select[int]") -> ColumnElement[bool]:
    from host.models import Board, Card, Event, Removal
    from host.models.card.place import PLACED

    column = Board.id if model is Board else model.board_id
    clause: ColumnElement[bool] = column.in_(boards)
    if model is Card:
        # Where it may lie, not where it may not, for which no index helps; and nothing of the space, which its boards
        # say already: SQLite would rather go through all cards of a space than through those of a board.
        return clause & Card.place.in_(PLACED)
    if model is Event:  # of a card that may yet be brought back its own say nothing. Index: uq_removal_card_id
        clause &= ~exists().where(Removal.card_id == Event.card_id)
    # The newest events of all boards are found by their space; by their boards, all would be sorted.
    return clause & (model.account_id == user.account_id) if hasattr(model, "account_id") else clause


def _is_below_owners(person: "User") -> bool:
    from host.models import Role

    return person.role in (Role.ADMIN, Role.MEMBER)


def _first_account() -> "Select[int]":
    from host.models import Account

    return select(func.min(Account.id))
