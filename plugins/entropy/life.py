"""How much of a card's time has gone by, and what is said of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from host import Card, _, local_time, ngettext, now
from plugins.entropy.duration import Duration
from plugins.entropy.groups import SOON
from plugins.entropy.period import Period

# What the ring looks like up to each percentage; `due` after the last.
STAGES: Mapping[str, int] = {"fresh": 45, "growing": 65, "turning": 80, "dry": 90}


@dataclass(frozen=True)
class Life:
    """A card's time, as it is at a moment."""

    began_at: datetime  # its last activity, or a respite after that
    period: timedelta
    at: datetime

    @property
    def rests_at(self) -> datetime:
        return self.began_at + self.period

    @property
    def gone(self) -> timedelta:
        """Never negative: an imported card, or a clock that was set back, may lie in the future."""
        return max(self.at - self.began_at, timedelta())

    @property
    def percent(self) -> int:
        return min(100 * self.gone // self.period, 100)

    @property
    def stage(self) -> str:
        return _stage(self.percent)

    @property
    def due(self) -> bool:
        return self.rests_at <= self.at

    @property
    def soon(self) -> bool:
        """The same rule as the clause `Group.soon`."""
        return self.gone > self.period * SOON

    @property
    def words(self) -> str:
        """ "rests in 3 days", by the calendar of whoever reads it."""
        here = local_time(self.at)
        return self._words(here, self.rests_at.astimezone(here.tzinfo))

    def ring(self, here: datetime) -> Mapping[str, str | int | bool]:
        """What the ring on a card shows. `here` is its moment by the clock of whoever reads it: the same for all cards
        of a page, which is not to ask for it once a card."""
        rests, percent = self.rests_at.astimezone(here.tzinfo), self.percent
        exact, words = f"{rests:%d %B %Y, %H:%M}", self._words(here, rests)
        return {"percent": percent, "stage": _stage(percent), "words": words, "soon": self.soon, "exact": exact}

    @property
    def share_words(self) -> str:
        """ "24 of 30 days gone by", in the unit in which the period is a whole number above one: "0 of 1 day" would be
        said all day."""
        period = Duration.of(int(self.period.total_seconds()), least=2)
        gone = min(self.gone // timedelta(seconds=period.unit.seconds), period.amount)
        return _("%(gone)s of %(period)s gone by", gone=f"{gone:,}", period=period.words)

    @property
    def exact_words(self) -> str:
        return _("Rests on %(time)s", time=f"{self.rests_at:%Y-%m-%d %H:%M} UTC")

    def _words(self, here: datetime, rests: datetime) -> str:
        """With its moment and that at which it rests, both by the clock of whoever reads it."""
        if self.due:
            return _("rests at the next sweep")
        days = (rests.date() - here.date()).days
        if days <= 0:
            return _("rests today")
        if days == 1:
            return _("rests tomorrow")
        return ngettext("rests in %(n)s day", "rests in %(n)s days", days)


def life_of(card: Card, period: Period, began_at: datetime, at: datetime | None = None) -> Life | None:
    """Nothing for a card whose clock stands still: closed, resting, in the archive, or where cards never rest. Whether
    a golden card stays is the caller's to know."""
    if not card.awake or period.length is None:
        return None
    return Life(began_at, period.length, at or now())


def _stage(percent: int) -> str:
    return next((stage for stage, below in STAGES.items() if percent < below), "due")
