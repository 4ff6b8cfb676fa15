"""A person in a space (or the space's system user), with a role and a unique handle."""

import re
import secrets
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, ForeignKey, Index, Select, String, UniqueConstraint, delete, func, literal, select
from sqlalchemy.orm import Mapped, mapped_column, relationship
from werkzeug.security import check_password_hash, generate_password_hash

from host.clock import now
from host.db import Id, Model, db, only_reading, words
from host.errors import Invalid, NotFound
from host.i18n import _
from host.models.account import Account
from host.models.typed import checked_name, line

if TYPE_CHECKING:
    from host.models.board import Board
    from host.models.card import Card

HUES = ("moss", "clay", "sky", "straw", "heather", "lichen", "rust", "soil", "stone")
SHORTEST_PASSWORD = 10
HASHING = "scrypt"  # with the costs that Werkzeug gives it: a tenth of a second for each try
LONGEST_EMAIL = 254
EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


class Role(StrEnum):
    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"
    SYSTEM = "system"


class User(Model):
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
        # One after the other: two who come at once must not get one handle.
        db.session.execute(select(Account.id).filter_by(id=account.id).with_for_update(key_share=True))
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
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"

    @property
    def hue(self) -> str:
        return HUES[self.id % len(HUES)]

    @property
    def boards(self) -> "Select[Board]":
        """Every board that this person may see, by name."""
        from host.models.board import Board
        from host.permissions import visible

        return select(Board).where(visible(Board, self)).order_by(func.lower(Board.name), Board.id)

    def board(self, id: int) -> "Board":  # noqa: A002
        """Raises NotFound for a board that this person may not know of."""
        from host.models.board import Board
        from host.permissions import visible

        board = db.session.scalars(select(Board).where(visible(Board, self), Board.id == id)).first()
        if board is None:
            raise NotFound(_("There is no such board."))
        return board

    def card(self, number: int) -> "Card":
        """Raises NotFound for a card that this person may not know of. Where something may be written, the card is
        held for whoever got it until the transaction ends: a sweep passes it over, and another's change waits."""
        from host.models.card import Card
        from host.permissions import visible

        asked = literal(number, BigInteger)  # PostgreSQL takes no larger number for the column's own type
        found = select(Card).where(visible(Card, self), Card.number == asked)
        if not only_reading():
            found = found.with_for_update(key_share=True, of=Card).execution_options(populate_existing=True)
        card = db.session.scalars(found).first()
        if card is None:
            raise NotFound(_("There is no card %(number)s.", number=number))
        return card

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


def checked_email(email: str | None) -> str | None:
    """The address in small letters. Raises Invalid for what cannot be one; whether it is, only a letter to it shows."""
    email = line(email or "").lower()
    if email and (len(email) > LONGEST_EMAIL or not EMAIL.fullmatch(email)):
        raise Invalid({"email": [_("“%(email)s” is no e-mail address.", email=email[:80])]})
    return email or None


def free_handle(account: Account, name: str) -> str:
    """A handle made from the name, with a number where it is taken: `ada-field`, `ada-field-2`."""
    wanted = plain_handle(name)
    taken = set(_handles_like(account, wanted))
    return next(each for each in _numbered(wanted) if each not in taken)


def plain_handle(name: str) -> str:
    """The name in small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:32].strip("-") or "someone"


def _handles_like(account: Account, wanted: str) -> Iterable[str]:
    like = User.handle.startswith(wanted, autoescape=True)
    return db.session.scalars(select(User.handle).where(User.account_id == account.id, like))


def _numbered(wanted: str) -> Iterable[str]:
    yield wanted
    for number in range(2, 1_000_000):
        yield f"{wanted}-{number}"
