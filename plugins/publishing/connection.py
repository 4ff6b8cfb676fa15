"""A connection: one account on one network, for which somebody lets us publish."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, ForeignKey, Index, String, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host import (
    Account,
    Fault,
    Forbidden,
    Id,
    LostSecret,
    Model,
    Moment,
    NotFound,
    Sealed,
    User,
    _,
    db,
    insert_ignoring,
    now,
    publish_live,
    words,
)
from plugins.publishing.doors import Granted
from plugins.publishing.outcomes import Held, Later, Remedy
from plugins.publishing.platform import Login, Platform, Tokens
from plugins.publishing.platforms import addresses_of, platforms

FEED = "feed"  # the one network that needs no account
LONGEST_WHY = 500
TOPIC = "connections"  # what open pages listen for


class Connection(Model):
    """Its owner's, or the space's when its owner shares it or it has none, as the feed."""

    __tablename__ = "publishing_connection"
    __table_args__ = (Index("uq_publishing_connection_remote", "account_id", "platform", "remote_id", unique=True),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    platform: Mapped[str] = mapped_column(String(80))
    remote_id: Mapped[str] = mapped_column(String(200))
    handle: Mapped[str] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(200), default="")
    shared: Mapped[bool] = mapped_column(default=False)
    addresses: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)  # where they are not the platform's
    profile: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    app: Mapped[str | None] = mapped_column(Sealed)  # JSON
    token: Mapped[str | None] = mapped_column(Sealed)  # JSON: access and refresh
    expires_at: Mapped[datetime | None] = mapped_column(Moment)
    refresh_expires_at: Mapped[datetime | None] = mapped_column(Moment)
    token_version: Mapped[int] = mapped_column(default=0)
    held_why: Mapped[str | None] = mapped_column(String(LONGEST_WHY))  # None: it publishes
    remedy: Mapped[Remedy | None] = mapped_column(words(Remedy))
    quiet_until: Mapped[datetime | None] = mapped_column(Moment)  # the network asked for that
    published_at: Mapped[datetime | None] = mapped_column(Moment)  # the last time
    removed_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    account: Mapped[Account] = relationship()
    owner: Mapped[User | None] = relationship()

    @classmethod
    def keep(cls, platform: str, granted: Granted, by: User) -> "Connection":
        """The connection to this account at the network, made or, where it was known before, alive again. Raises
        NotFound when it is another person's who does not share it."""
        mine = {"account_id": by.account_id, "platform": platform, "remote_id": granted.remote_id}
        new = {**mine, "owner_id": by.id, "handle": granted.handle}
        db.session.execute(insert_ignoring(cls).values(**new, **_GIVEN))
        found = db.session.scalars(select(cls).filter_by(**mine).with_for_update()).one()
        if found.removed_at is not None:
            found.shared = found.shared and found.owner_id == by.id  # another shares it anew, or does not
            found.owner_id, found.removed_at = by.id, None
        if found.owner_id not in (None, by.id) and not by.is_admin:
            raise NotFound(_("Somebody else in this space has connected this account."))
        found.take(granted)
        return found

    @classmethod
    def feed_of(cls, account: Account) -> "Connection":
        """The space's own feed, which is there from the start."""
        mine = {"account_id": account.id, "platform": FEED, "remote_id": str(account.id)}
        standing = db.session.scalars(select(cls).filter_by(**mine)).first()
        if standing is None:
            new = {**mine, "handle": account.name, "title": _("Feed"), "shared": True}
            db.session.execute(insert_ignoring(cls).values(**{**_GIVEN, **new}))
            standing = db.session.scalars(select(cls).filter_by(**mine)).one()
        return standing

    @classmethod
    def usable_by(cls, person: User) -> Sequence["Connection"]:
        """Their own, those that are shared, and the feed; in the order in which they were made."""
        cls.feed_of(person.account)
        return cls.known_to(person)

    @classmethod
    def known_to(cls, person: User) -> Sequence["Connection"]:
        """The same for a page that is looked at, which writes nothing: without the feed where it was never wanted."""
        theirs = select(cls).where(cls.account_id == person.account_id, cls.usable(person), cls.removed_at.is_(None))
        return db.session.scalars(theirs.order_by(cls.id)).all()

    @classmethod
    def usable(cls, person: User) -> ColumnElement[bool]:
        return or_(cls.owner_id == person.id, cls.shared)

    @classmethod
    def one_of(cls, person: User, id: int) -> "Connection":  # noqa: A002
        """Raises NotFound for one that they may not use."""
        for each in cls.usable_by(person):
            if each.id == id:
                return each
        raise NotFound(_("There is no such connection."))

    @property
    def network(self) -> Platform | None:
        """None where its plugin is gone."""
        return platforms().get(self.platform)

    @property
    def login(self) -> Login:
        """Raises nothing for secrets that cannot be read: they are empty, and the network will say so."""
        network = self.network
        addresses = {**(addresses_of(network) if network else {}), **self.addresses}
        token = _read(self.token)
        tokens = Tokens(token.get("access", ""), token.get("refresh", ""), self.expires_at, self.refresh_expires_at)
        return Login(addresses, tokens, self.remote_id, self.handle, dict(self.profile), _read(self.app))

    @property
    def is_held(self) -> bool:
        return self.held_why is not None

    @property
    def is_everybodys(self) -> bool:
        """The feed, and what its owner shares. One whose owner is gone is nobody's."""
        return self.shared

    def is_for(self, person: User) -> bool:
        """Whether they may publish by it: of one row, what `usable` asks the database."""
        return self.account_id == person.account_id and (self.is_everybodys or self.owner_id == person.id)

    def may_change(self, person: User) -> bool:
        """Disconnect it, give it slots, say that it is in order again: its owner may, and an admin where it is
        everybody's."""
        theirs = self.owner_id == person.id or (self.is_everybodys and person.is_admin)
        return theirs and self.account_id == person.account_id

    def require_change(self, person: User) -> None:
        """Raises Forbidden."""
        if not self.may_change(person):
            raise Forbidden(_("Only whose connection it is may do this."))

    def share(self, by: User) -> None:
        """Let all of the space publish by it. Raises Forbidden but for its owner."""
        self._require_owner(by)
        self.shared = True
        self.show()

    def keep_private(self, by: User) -> None:
        """For its owner alone again; what others have scheduled goes out. Raises Forbidden but for its owner."""
        self._require_owner(by)
        self.shared = False
        self.show()

    def disconnect(self, by: User) -> None:
        """Forget all secrets. Its posts wait until the account is connected again. Raises Forbidden, and Fault for the
        feed, which is always there."""
        from plugins.publishing import telling

        self.require_change(by)
        if self.platform == FEED:
            raise Fault(_("The feed needs no connection, and is always there."))
        self.removed_at = now()
        self.token = self.app = self.expires_at = self.refresh_expires_at = None
        self.release()
        telling.tell_of_disconnecting(self, by)
        self.show()

    def take(self, granted: Granted) -> None:
        """What the network gave us, now or anew. Whoever is asked again may have other rights: it publishes again."""
        self.handle, self.title = granted.handle, granted.title
        self.profile = {**self.profile, **granted.profile}
        self.app = json.dumps(dict(granted.app)) if granted.app else self.app
        self.addresses = dict(granted.addresses) or self.addresses
        self.renewed(granted.tokens)
        self.release()
        self.show()

    def renewed(self, tokens: Tokens) -> None:
        """An empty refresh token never takes the place of one that we have; nothing is kept of what was disconnected
        meanwhile."""
        if self.removed_at is not None:
            return
        refresh = tokens.refresh or _read(self.token).get("refresh", "")
        self.token = json.dumps({"access": tokens.access, "refresh": refresh})
        self.expires_at = tokens.expires_at
        self.refresh_expires_at = tokens.refresh_expires_at or self.refresh_expires_at
        self.token_version += 1

    def learn(self, profile: dict[str, Any]) -> None:
        """What the network told of itself on the way."""
        if profile:
            self.profile = {**self.profile, **profile}

    def hold(self, held: Held) -> None:
        """Its posts wait from now on."""
        self.held_why, self.remedy = held.why[:LONGEST_WHY], held.remedy

    def release(self) -> None:
        self.held_why = self.remedy = self.quiet_until = None

    def be_quiet(self, later: Later) -> None:
        """Nothing is asked of the network before the time that it named."""
        if later.everyone and later.at is not None:
            self.quiet_until = max(later.at, self.quiet_until or later.at)

    def spoke(self) -> None:
        """Published something, by now. In one statement: others may write this row meanwhile."""
        db.session.execute(update(Connection).where(Connection.id == self.id).values(published_at=now()))

    def show(self) -> None:
        """On open pages."""
        publish_live(TOPIC, account_id=self.account_id)

    def _require_owner(self, person: User) -> None:
        if self.owner_id != person.id:
            raise Forbidden(_("Only whose connection it is may do this."))


# What the database is told where a row is made by a bare INSERT.
_GIVEN: dict[str, Any] = {"title": "", "shared": False, "addresses": {}, "profile": {}, "token_version": 0}


def _read(sealed: str | None) -> dict[str, str]:
    if not sealed or isinstance(sealed, LostSecret):
        return {}
    read: dict[str, str] = json.loads(sealed)
    return read
