"""How a webhook fares: what fails again and again is switched off, and those who look after the board are told."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from host import Moment, User, _, may_run, notice_kind, notify, now, publish_live
from plugins.webhooks.patience import breath_after

if TYPE_CHECKING:
    from plugins.webhooks.webhook import Webhook

FAILURES, FOR = 10, timedelta(hours=1)  # both, before it is switched off
GONE = 410  # by the Standard Webhooks scheme the receiver wants no more
LONGEST_WHY = 300
SWITCHED_OFF = notice_kind("webhooks.switched_off", title=_("A webhook of a board you look after is switched off"))


class Faring:
    """Failures in a row are counted over all of a webhook's deliveries."""

    active: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None] = mapped_column(Moment)
    rests_until: Mapped[datetime | None] = mapped_column(Moment)
    off_why: Mapped[str | None] = mapped_column(String(LONGEST_WHY))  # None where a person switched it off

    @property
    def may_send(self) -> bool:
        """Now, by itself."""
        return self.active and not (self.rests_until and now() < self.rests_until)

    def switch_on(self) -> None:
        """From now on; what it missed stays in the log, to be sent by hand. It begins anew with its failures."""
        self.active = True
        self._begin_anew()
        self.show()

    def switch_off(self, why: str | None = None) -> None:
        """What waits is given up: days later nobody wants a flood of old news."""
        from plugins.webhooks.delivery import Delivery

        self.active, self.off_why = False, why and why[:LONGEST_WHY]
        Delivery.give_up(self._itself, _("The webhook was switched off."))
        self.show()

    def succeeded(self) -> None:
        if self.failures:
            self._begin_anew()

    def failed(self, why: str, status: int | None) -> None:
        """Count a failure, take a breath after some in a row, and give up after ten of them over an hour."""
        self.failures += 1
        self.failing_since = self.failing_since or now()
        breath = breath_after(self.failures)
        self.rests_until = now() + breath if breath else None
        lasting = self.failures >= FAILURES and now() - self.failing_since >= FOR
        if self.active and (lasting or status == GONE):
            self.switch_off(why)
            self._tell(why)

    def show(self) -> None:
        """Have open pages drawn anew."""
        mine = self._itself
        publish_live(self.topic, account_id=mine.board.account_id, to=[each.id for each in self.keepers])

    @property
    def topic(self) -> str:
        return f"webhook-{self._itself.id}"

    @property
    def keepers(self) -> Sequence[User]:
        """Those who may see to it: the board's creator and admins, as far as they see the board; where nobody does, the
        space's owner."""
        board = self._itself.board
        return [each for each in board.people if may_run(each, board)] or [board.account.owner]

    def _begin_anew(self) -> None:
        self.failures, self.failing_since, self.rests_until, self.off_why = 0, None, None, None

    def _tell(self, why: str) -> None:
        mine = self._itself
        board = mine.board.name
        said = _("The webhook %(name)s of %(board)s was switched off: %(why)s", name=mine.name, board=board, why=why)
        notify(self.keepers, SWITCHED_OFF, said, f"/webhooks/{mine.id}")

    @property
    def _itself(self) -> "Webhook":
        return cast("Webhook", self)
