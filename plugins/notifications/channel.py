"""A channel: one more way to reach one person, such as their Telegram."""

import json
from collections.abc import Mapping
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
    line,
    notice_kind,
    notify,
    now,
    publish_live,
)
from plugins.notifications.channel_kinds import ChannelFault, ChannelKind, Message, kinds
from plugins.notifications.owned import Owned

MOST = 10
LONGEST_ERROR = 300
PATIENCE = timedelta(days=1)  # with one that fails
TOPIC = "notifications_channels"  # what the open page listens for
PAGE = "/settings/mine/notifications/notifications_channels"
STOPPED = notice_kind("notifications.channel", title=_("One of your channels fails"))


class Channel(Owned, Model):
    __tablename__ = "notifications_channel"
    missing = _("There is no such channel.")

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(120))
    address: Mapped[str | None] = mapped_column(Sealed)  # what its person entered, as JSON
    active: Mapped[bool] = mapped_column(default=True)
    failing_since: Mapped[datetime | None] = mapped_column(Moment)
    last_error: Mapped[str | None] = mapped_column(String(LONGEST_ERROR))
    last_sent_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    user: Mapped[User] = relationship()

    @classmethod
    def add(cls, person: User, kind: str, typed: Mapping[str, object]) -> "Channel":
        """Raises Invalid for a service that we do not know, what cannot be right, and the eleventh."""
        service = kinds().get(kind)
        if service is None:
            raise Invalid({"kind": [_("Choose one of these.")]})
        settings = service.read(typed)
        title = line(str(typed.get("title") or ""))[:120] or service.title
        if db.session.scalar(select(func.count(cls.id)).filter_by(user_id=person.id)) == MOST:
            raise Invalid({"kind": [_("Nobody has more than %(n)s channels.", n=MOST)]})
        channel = cls(user=person, kind=kind, title=title, address=json.dumps(settings))
        db.session.add(channel)
        db.session.flush()
        return channel

    @property
    def service(self) -> ChannelKind | None:
        """None where its plugin is gone."""
        return kinds().get(self.kind)

    def remove(self) -> None:
        db.session.delete(self)

    def send(self, message: Message) -> None:
        """Blocks, so it is for jobs; commits what was done so far, for nothing is sent inside a transaction.

        A fault that lasts, and one that went on for a day, switch the channel off, and its person is told. Raises
        ChannelFault."""
        try:
            self._send(message)
        except ChannelFault as fault:
            self._failed(fault)
            raise
        self.active, self.failing_since, self.last_error, self.last_sent_at = True, None, None, now()
        self._show()

    def _send(self, message: Message) -> None:
        service, kept = self.service, self.address
        if service is None:
            raise ChannelFault(_("Nobody here knows this service."), lasting=True)
        if isinstance(kept, LostSecret) or kept is None:
            raise ChannelFault(_("What was entered cannot be read any more. Enter it anew."), lasting=True)
        checkpoint()
        service.send(json.loads(kept), message)

    def _failed(self, fault: ChannelFault) -> None:
        self.last_error = fault.message[:LONGEST_ERROR]
        self.failing_since = self.failing_since or now()
        if self.active and (fault.lasting or now() - self.failing_since >= PATIENCE):
            self.active = False
            text = _("%(channel)s was switched off: %(why)s", channel=self.title, why=fault.message)
            notify([self.user], STOPPED, text, PAGE)
        self._show()

    def _show(self) -> None:
        publish_live(TOPIC, account_id=self.user.account_id, to=[self.user_id])
