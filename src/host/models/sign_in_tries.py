"""How often somebody tried to sign in, in vain: as whom, and from where."""

from datetime import datetime, timedelta
from hashlib import sha256
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from math import ceil

from sqlalchemy import String, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from host.clock import now
from host.db import Id, Model, db, insert_ignoring
from host.errors import Fault
from host.i18n import _, ngettext

AS, FROM = "as", "from"
# As whom a person mistypes a few times; from where a whole office may sign in on a Monday.
FREE = {AS: 5, FROM: 30}
# Long enough that no list of passwords is gone through, short enough that nobody can keep another out for long.
SHORTEST, LONGEST = timedelta(seconds=15), timedelta(minutes=5)
FORGOTTEN = timedelta(hours=1)
MINUTE = 60  # seconds
IPV6_NETWORK = 64  # bits: what one household is given


class TooOften(Fault):
    """The next try has to wait for so many whole `seconds`."""

    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, wait: timedelta) -> None:
        self.seconds = ceil(wait.total_seconds())
        super().__init__(_("Many tries went wrong. Try again in %(span)s.", span=_words(self.seconds)))


class SignInTries(Model):
    """A row for each as whom and from where it was tried, found by a digest: what was typed may be a password that got
    into the wrong field."""

    __tablename__ = "sign_in_tries"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    count: Mapped[int]
    free: Mapped[int]  # so many before one has to wait
    last_at: Mapped[datetime] = mapped_column(index=True)

    @classmethod
    def take(cls, email: str, remote: str | None, browser: str = "") -> None:
        """Count a try as this address from there. `browser` is the mark of one that was let in before: its tries are
        counted apart from those of all others. A try is counted before anybody knows whether it is a good one, so that
        of many at once no more get through. Raises TooOften."""
        tries = [cls._of(what, key) for what, key in _keys(email, remote, browser)]
        wait = max(each.wait for each in tries)
        if wait > timedelta():
            raise TooOften(wait)
        for each in tries:
            each.count, each.last_at = each.count + 1, now()

    @classmethod
    def forgive(cls, email: str, remote: str | None, browser: str = "") -> None:
        """It was a good one: those before it were slips of the fingers, and it is none of many from there."""
        keys = dict(_keys(email, remote, browser))
        db.session.execute(delete(cls).where(cls.key == keys[AS]))
        db.session.execute(update(cls).where(cls.key == keys.get(FROM), cls.count > 0).values(count=cls.count - 1))

    @classmethod
    def _of(cls, what: str, key: str) -> "SignInTries":
        """Held until the transaction ends. Index: uq_sign_in_tries_key."""
        new = insert_ignoring(cls).values(key=key, count=0, free=FREE[what], last_at=now())
        db.session.execute(new)
        mine = select(cls).where(cls.key == key).with_for_update().execution_options(populate_existing=True)
        found = db.session.scalars(mine).one()
        if now() - found.last_at > FORGOTTEN:
            found.count = 0
        return found

    @property
    def wait(self) -> timedelta:
        """For how long the next try has to wait: twice as long after each."""
        beyond = self.count - self.free
        length = min(SHORTEST * 2 ** min(beyond, 10), LONGEST) if beyond >= 0 else timedelta()
        return self.last_at + length - now()


def _keys(email: str, remote: str | None, browser: str) -> list[tuple[str, str]]:
    """Always in this order, so that no two wait for each other."""
    named = [(AS, f"{email.strip().lower()} {browser}")]
    if (network := _network(remote or "")) is not None:
        named.append((FROM, network))
    return [(what, sha256(f"{what} {name}".encode(errors="replace")).hexdigest()) for what, name in named]


def _words(seconds: int) -> str:
    if seconds < MINUTE:
        return ngettext("a second", "%(n)s seconds", seconds)
    return ngettext("a minute", "%(n)s minutes", ceil(seconds / MINUTE))


def _network(remote: str) -> str | None:
    """None where that tells nobody apart: this machine, or a proxy on it that does not say for whom it asks."""
    try:
        address: IPv4Address | IPv6Address = ip_address(remote)
    except ValueError:
        return None
    if address.is_loopback:
        return None
    return str(address if address.version == 4 else ip_network((address, IPV6_NETWORK), strict=False))
