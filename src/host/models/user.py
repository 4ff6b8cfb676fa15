"""A person in a space (or the space's system user), with a role and a unique handle."""

import re
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    String,
    UniqueConstraint,
    delete,
    func,
    literal,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.sql.base import ExecutableOption
from werkzeug.security import check_password_hash, generate_password_hash

from host.clock import now
from host.db import Id, Model, db, only_reading, words
from host.errors import Invalid, NotFound
from host.handles import LONGEST_HANDLE, RESERVED, checked_handle, plain_handle
from host.i18n import _
from host.models.account import Account
from host.models.standing import Standing
from host.models.typed import checked_name, line
from host.zones import checked_zone, zone_of

if TYPE_CHECKING:
    from host.models.board import Board
    from host.models.card import Card

HUES = ("moss", "clay", "sky", "straw", "heather", "lichen", "rust", "soil", "stone")
SHORTEST_PASSWORD = 10
HASHING = "scrypt"  # with the costs that Werkzeug gives it: a tenth of a second for each try
LONGEST_EMAIL = 254
LONGEST_NUMBER = 6  # digits behind a handle that many want
EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


class Role(StrEnum):
    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"
    SYSTEM = "system"


class User(Standing, Model):
    __tablename__ = "user"
    __table_args__ = (
        UniqueConstraint("account_id", "handle"),
        UniqueConstraint("account_id", "email"),
        Index(None, "email"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(254))
    handle: Mapped[str] = mapped_column(String(40))
    role: Mapped[Role] = mapped_column(words(Role), default=Role.MEMBER)
    password_hash: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    zone: Mapped[str | None] = mapped_column(String(64))  # such as "Europe/Berlin"; this computer's where nobody said
    single_keys: Mapped[bool] = mapped_column(default=True)  # whether a letter alone does something (WCAG 2.1.4)
    created_at: Mapped[datetime] = mapped_column(default=now)

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)

    session_key = None  # type: str | None  # not a column: set where the person is signed in, see UserSession

    @classmethod
    def join(
        cls,
        account: Account,
        *,
        name: str,
        email: str | None,
        role: Role = Role.MEMBER,
        password: str | None = None,
        handle: str = "",
    ) -> "User":
        """Add a person to a space and give them every board that is open to all. Without a password they
        cannot sign in yet. The handle is made from the one wished for, or the name.
        Raises Invalid for a name or address that is none, an address that is taken, a password that is too short."""
        name, email = checked_name(name), checked_email(email)
        _one_at_a_time(account)
        if email and db.session.scalars(select(cls.id).filter_by(account_id=account.id, email=email)).first():
            raise Invalid({"email": [_("Somebody in this space already has this address.")]})
        user = cls(account=account, name=name, email=email, role=role, handle=free_handle(account, handle or name))
        if password is not None:
            user.password = password
        db.session.add(user)
        db.session.flush()
        user._enter_open_boards()
        return user

    @classmethod
    def by_credentials(cls, email: str, password: str) -> "User | None":
        """The active person with this address and password; a missing one costs the same time as a wrong password."""
        known_as = email.strip().lower().replace("\0", " ")  # PostgreSQL takes no NUL, and no address has a blank
        found = db.session.scalars(select(cls).filter_by(email=known_as, active=True).order_by(cls.id)).all()
        for user in found:
            if check_password_hash(user.password_hash or _unusable(), password):
                return user
        if not found:
            check_password_hash(_unusable(), password)
        return None

    @property
    def password(self) -> str:
        raise AttributeError("a password can be set and checked, never read")

    @password.setter
    def password(self, plain: str) -> None:
        if len(plain) < SHORTEST_PASSWORD:
            raise Invalid({"password": [_("Use at least %(n)s characters.", n=SHORTEST_PASSWORD)]})
        self.password_hash = generate_password_hash(plain, HASHING)

    @property
    def is_active(self) -> bool:
        """Flask-Login asks these three."""
        return self.active

    @property
    def is_authenticated(self) -> bool:
        return True

    @property
    def is_anonymous(self) -> bool:
        return False

    @property
    def is_admin(self) -> bool:
        return self.role in (Role.OWNER, Role.ADMIN)

    @property
    def initials(self) -> str:
        return initials_of(self.name)

    @property
    def hue(self) -> str:
        return hue_of(self.id)

    @property
    def timezone(self) -> tzinfo:
        """Where this person's days begin and end."""
        return zone_of(self.zone)

    @property
    def boards(self) -> "Select[Board]":
        """Every board that this person may see, by name, without those in the archive."""
        from host.models.board import Board
        from host.permissions import visible

        return select(Board).where(visible(Board, self)).order_by(func.lower(Board.name), Board.id)

    @property
    def archived_boards(self) -> "Select[Board]":
        """Those in the archive, by name."""
        from host.models.board import Board
        from host.permissions import known

        archived = select(Board).where(known(Board, self), Board.archived_at.is_not(None))
        return archived.order_by(func.lower(Board.name), Board.id)

    def board(self, id: int, *along: ExecutableOption) -> "Board":  # noqa: A002
        """Raises NotFound for a board that this person may not know of, and where something may be written Forbidden
        for one in the archive. `along` says what is read in the same statement (`joinedload`)."""
        board = self.known_board(id, *along)
        if not only_reading():
            board.require_unarchived()
        return board

    def known_board(self, id: int, *along: ExecutableOption) -> "Board":  # noqa: A002
        """One that may lie in the archive also where something is written: to bring it back, or to remove it. Raises
        NotFound for a board that this person may not know of."""
        from host.models.board import Board
        from host.permissions import known

        found = select(Board).where(known(Board, self), Board.id == id).options(*along)
        board = db.session.scalars(found).unique().first()
        if board is None:
            raise NotFound(_("There is no such board."))
        return board

    def card(self, number: int) -> "Card":
        """Raises NotFound for a card that this person may not know of. Where something may be written, the card is
        held for whoever got it until the transaction ends: a sweep passes it over, and another's change waits; and
        Forbidden is raised for one on a board in the archive."""
        from host.models.card import Card
        from host.permissions import known

        return self._card(number, known(Card, self))

    def card_or_draft(self, number: int) -> "Card":
        """The same, and also a draft of this person's own: for what can be done before a card is published."""
        from host.models.card import Card
        from host.permissions import known, own_draft

        return self._card(number, known(Card, self) | own_draft(self))

    def removed_card(self, number: int) -> "Card":
        """A card that was removed and can still be brought back. Raises NotFound for any other."""
        from host.permissions import removed

        return self._card(number, removed(self))

    def introduce(self, given: Mapping[str, Any]) -> None:
        """Change `name`, `handle`, `zone` and `single_keys`, as far as they are given, together. Raises Invalid for all
        that do not fit, at once."""
        changes: Mapping[str, Callable[[Any], None]] = {
            "name": self.rename,
            "handle": self.take_handle,
            "zone": self.live_in,
            "single_keys": self.use_single_keys,
        }
        errors: dict[str, Sequence[str]] = {}
        for field in changes.keys() & given:
            try:
                changes[field](given[field])
            except Invalid as invalid:
                errors.update(invalid.errors)
        if errors:
            raise Invalid(errors)

    def rename(self, name: str) -> None:
        """Raises Invalid for a name that is empty or too long."""
        self.name = checked_name(name)

    def take_handle(self, handle: str) -> None:
        """Be mentioned by another handle from now on; texts that name the old one name nobody then. Raises Invalid for
        one that is malformed, reserved or somebody else's."""
        if handle == self.handle:  # one that was given may be longer than what can be chosen
            return
        handle = checked_handle(handle)
        _one_at_a_time(self.account)
        theirs = select(User.id).where(User.account_id == self.account_id, User.handle == handle, User.id != self.id)
        if db.session.scalar(theirs) is not None:
            raise Invalid({"handle": [_("Somebody else here is @%(handle)s.", handle=handle)]})
        self.handle = handle

    def live_in(self, zone: str | None) -> None:
        """See times by the clocks of this zone; None is this computer's. Raises Invalid for one that there is not."""
        self.zone = checked_zone(zone)

    def use_single_keys(self, wanted: bool) -> None:
        """Whether a letter alone does something on the pages."""
        self.single_keys = wanted

    def take_role(self, role: Role) -> None:
        """Make this person an owner, admin or member. Raises Invalid for the last owner."""
        if role is not Role.OWNER:
            self._require_another_owner()
        self.role = role

    def deactivate(self) -> None:
        """Sign the person out for good; what they made stays. Raises Invalid for the last owner."""
        from host.models.session import UserSession

        self._require_another_owner()
        self.active = False
        db.session.execute(delete(UserSession).where(UserSession.user_id == self.id))

    def get_id(self) -> str:
        """Flask-Login keeps this in the cookie: the key of one session, so that each can be revoked alone."""
        if self.session_key is None:
            raise RuntimeError("open a UserSession before signing in")
        return self.session_key

    def _card(self, number: int, clause: ColumnElement[bool]) -> "Card":
        from host.models.card import Card

        asked = literal(number, BigInteger)  # PostgreSQL takes no larger number for the column's own type
        found = select(Card).where(clause, Card.account_id == self.account_id, Card.number == asked)
        if not only_reading():
            found = found.with_for_update(key_share=True, of=Card).execution_options(populate_existing=True)
        card = db.session.scalars(found).first()
        if card is None:
            raise NotFound(_("There is no card %(number)s.", number=number))
        if not only_reading():
            card.board.require_unarchived()
        return card

    def _require_another_owner(self) -> None:
        owners = select(User.id).where(User.account_id == self.account_id, User.role == Role.OWNER, User.active)
        if self.role is Role.OWNER and db.session.scalars(owners.where(User.id != self.id)).first() is None:
            raise Invalid({"role": [_("A space keeps at least one owner.")]})

    def _enter_open_boards(self) -> None:
        from host.models.board import Board

        for board in db.session.scalars(select(Board).filter_by(account_id=self.account_id, all_access=True)):
            board.grant([self])


@cache
def _unusable() -> str:
    """Of a password that nobody knows: an empty one must not fit whoever has none."""
    return generate_password_hash(secrets.token_urlsafe(), HASHING)


def initials_of(name: str) -> str:
    """Of its first and its last word."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"


def hue_of(id: int) -> str:  # noqa: A002
    """Of the person with this id."""
    return HUES[id % len(HUES)]


def checked_email(email: str | None) -> str | None:
    """The address in small letters. Raises Invalid for what cannot be one; whether it is, only a letter to it shows."""
    email = line(email or "").lower()
    if email and (len(email) > LONGEST_EMAIL or not EMAIL.fullmatch(email)):
        raise Invalid({"email": [_("“%(email)s” is no e-mail address.", email=email[:80])]})
    return email or None


def free_handle(account: Account, name: str) -> str:
    """A handle made from the name, with a number where it is taken: `ada-field`, `ada-field-2`."""
    wanted = plain_handle(name)
    taken = RESERVED.union(_handles_like(account, wanted[: LONGEST_HANDLE - LONGEST_NUMBER - 1].rstrip("-")))
    return next(each for each in _numbered(wanted) if each not in taken)


def _one_at_a_time(account: Account) -> None:
    """Two who come at once must not get one handle."""
    db.session.execute(select(Account.id).filter_by(id=account.id).with_for_update(key_share=True))


def _handles_like(account: Account, wanted: str) -> Iterable[str]:
    like = User.handle.startswith(wanted, autoescape=True)
    return db.session.scalars(select(User.handle).where(User.account_id == account.id, like))


def _numbered(wanted: str) -> Iterable[str]:
    yield wanted
    for number in range(2, 10**LONGEST_NUMBER):
        end = f"-{number}"
        yield wanted[: LONGEST_HANDLE - len(end)].rstrip("-") + end
