"""A browser that shows a person what is new while no page of Fallow is open (Web Push)."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host import (
    Id,
    Invalid,
    LostSecret,
    Model,
    Moment,
    Sealed,
    User,
    _,
    checkpoint,
    db,
    notice_kind,
    notify,
    now,
    publish_live,
    upsert,
)
from plugins.notifications.owned import Owned
from plugins.notifications.preferences import SETTINGS
from plugins.notifications.push_address import PushAddress, digest
from plugins.notifications.push_key import PushKey
from plugins.notifications.push_request import PushFault, PushGone, send

MOST = 20
LONGEST_ERROR = 300
PATIENCE = timedelta(days=1)  # with one that is refused
TOPIC = "notifications_push"  # what the open page listens for
STOPPED = notice_kind("notifications.push", title=_("One of your browsers is told no more"))


class PushSubscription(Owned, Model):
    __tablename__ = "notifications_push"
    missing = _("There is no such browser.")

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    # Whoever signs out leaves the browser to others: it ends with the sign-in.
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), index=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("notifications_push_key.id"))
    title: Mapped[str] = mapped_column(String(120))
    endpoint: Mapped[str] = mapped_column(Sealed)  # whoever knows it can write to the browser's maker
    endpoint_digest: Mapped[str] = mapped_column(String(64), unique=True)
    p256dh: Mapped[str] = mapped_column(String(100))
    auth: Mapped[str] = mapped_column(Sealed)
    failing_since: Mapped[datetime | None] = mapped_column(Moment)
    last_error: Mapped[str | None] = mapped_column(String(LONGEST_ERROR))
    last_sent_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    user: Mapped[User] = relationship()
    key: Mapped[PushKey] = relationship()

    @classmethod
    def add(cls, person: User, session_id: int, address: PushAddress, title: str) -> "PushSubscription":
        """Tell this browser from now on, until that sign-in ends. One that was known takes its new keys, and is now
        this person's alone. Raises Invalid for the person's twenty-first."""
        mark = digest(address.endpoint)
        others = select(func.count(cls.id)).where(cls.user_id == person.id, cls.endpoint_digest != mark)
        if db.session.scalars(others).one() >= MOST:
            raise Invalid({"endpoint": [_("Nobody has more than %(n)s browsers.", n=MOST)]})
        given = {
            "user_id": person.id, "session_id": session_id, "key_id": PushKey.current().id, "title": title,
            "endpoint": address.endpoint, "p256dh": address.p256dh, "auth": address.auth,
            "failing_since": None, "last_error": None,
        }  # fmt: skip
        new = upsert(cls).values(endpoint_digest=mark, **given)
        kept = new.on_conflict_do_update(index_elements=["endpoint_digest"], set_=given).returning(cls)
        found: PushSubscription = db.session.scalars(kept, execution_options={"populate_existing": True}).one()
        found._show()
        return found

    def renew(self, session_id: int) -> None:
        """Let it end with this sign-in, which has come after the one that it was made in."""
        self.session_id = session_id

    def remove(self) -> None:
        self._show()
        db.session.delete(self)

    def send(self, data: bytes, topic: str) -> None:
        """Blocks, so it is for jobs; commits what was done so far, for nothing is sent inside a transaction.

        One that is gone is removed, and so is one that has been refused for a day, of which its person is told. Raises
        PushFault."""
        try:
            self._send(data, topic)
        except PushGone:
            self.remove()
            raise
        except PushFault as fault:
            self._failed(fault)
            raise
        self.failing_since, self.last_error, self.last_sent_at = None, None, now()
        self._show()

    def _send(self, data: bytes, topic: str) -> None:
        private, endpoint, auth = self.key.private, self.endpoint, self.auth
        if any(isinstance(each, LostSecret) for each in (private, endpoint, auth)):
            raise PushFault(_("Its keys cannot be read any more. Allow notifications in it anew."), lasting=True)
        address = PushAddress(endpoint, self.p256dh, auth)
        checkpoint()
        send(address, private, data, topic)

    def _failed(self, fault: PushFault) -> None:
        self.last_error = fault.message[:LONGEST_ERROR]
        if fault.lasting:
            self.failing_since = self.failing_since or now()
            if now() - self.failing_since >= PATIENCE:
                self._give_up()
        self._show()

    def _give_up(self) -> None:
        text = _("%(browser)s is told no more: %(why)s", browser=self.title, why=self.last_error)
        notify([self.user], STOPPED, text, SETTINGS)
        self.remove()

    def _show(self) -> None:
        publish_live(TOPIC, account_id=self.user.account_id, to=[self.user_id])
