"""Why and since when cards rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, select

from host import CARD_AUTO_POSTPONED, Card, Event, Place, Postponement, User, _, db, local_time, short_day
from plugins.entropy.duration import Unit
from plugins.entropy.waking import Waking


@dataclass(frozen=True)
class Rest:
    """One card's rest."""

    at: datetime
    by: str | None  # who put it there; None: it came by itself
    untouched: timedelta | None = None  # how long nobody had touched it, where that is known
    wakes_at: datetime | None = None

    @property
    def words(self) -> str:
        """ "Rested by itself, 3 Nov, after 30 days untouched"."""
        day = short_day(self.at)
        if self.by is not None:
            return _("Put to rest by %(name)s, %(day)s", name=self.by, day=day)
        if self.untouched is None:
            return _("Rested by itself, %(day)s", day=day)
        return _("Rested by itself, %(day)s, after %(time)s untouched", day=day, time=_roughly(self.untouched))

    @property
    def short(self) -> str:
        """What has room on a card."""
        if self.wakes_at:
            return self.waking
        day = short_day(self.at)
        return _("by itself, %(day)s", day=day) if self.by is None else _("%(name)s, %(day)s", name=self.by, day=day)

    @property
    def waking(self) -> str:
        return _("wakes %(day)s", day=short_day(self.wakes_at)) if self.wakes_at else ""

    @property
    def sign(self) -> Mapping[str, str]:
        """What stands on a card."""
        return {"words": self.words, "short": self.short, "waking": self.waking}

    @property
    def wakes_on(self) -> date | None:
        return local_time(self.wakes_at).date() if self.wakes_at else None


def rests_of(cards: Sequence[Card]) -> Mapping[int, Rest]:
    """Of those that rest, by card id, in one statement."""
    ids = [card.id for card in cards if card.place is Place.NOT_NOW]
    if not ids:
        return {}
    found = db.session.execute(with_rest(select(Card.id).where(Card.id.in_(ids))))
    return {card_id: rest for card_id, *told in found if (rest := rest_of(*told))}


def with_rest(cards: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The statement about cards, asking also for what `rest_of` needs. Indexes: uq_postponement_card_id,
    ix_event_card_id_at."""
    swept = and_(
        Event.card_id == Postponement.card_id, Event.at == Postponement.at, Event.kind == CARD_AUTO_POSTPONED.name
    )
    return (
        cards.add_columns(Postponement, User.name, Event.particulars, Waking.at)
        .outerjoin(Postponement, Postponement.card_id == Card.id)
        .outerjoin(User, User.id == Postponement.creator_id)
        .outerjoin(Event, swept)
        .outerjoin(Waking, Waking.postponement_id == Postponement.id)
    )


def rest_of(
    rest: Postponement | None, name: str | None, told: Mapping[str, str] | None, wakes_at: datetime | None
) -> Rest | None:
    """Of what was found about one card; nothing for one that does not rest."""
    if rest is None:
        return None
    if not rest.automatic:
        return Rest(rest.at, name or _("System"), wakes_at=wakes_at)
    since = (told or {}).get("last_active_at")
    return Rest(rest.at, None, rest.at - datetime.fromisoformat(since) if since else None, wakes_at)


def _roughly(length: timedelta) -> str:
    """In the largest unit of which there is a whole one: 30 days and 40 minutes are "30 days"."""
    seconds = max(int(length.total_seconds()), 0)
    unit = next((unit for unit in Unit if seconds >= unit.seconds), Unit.SECONDS)
    return unit.words(seconds // unit.seconds)
