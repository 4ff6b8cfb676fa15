"""How a connection stands, as its page shows it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, select

from host import User, _, db, now, short_day
from plugins.publishing.connection import FEED, Connection
from plugins.publishing.ending import DAYS, ends_at
from plugins.publishing.networks.feed.addresses import ATOM, JSON, Addresses
from plugins.publishing.outcomes import Remedy
from plugins.publishing.platform import Platform
from plugins.publishing.slot import Slot
from plugins.publishing.states import State
from plugins.publishing.target import Target

NEW: Mapping[str, dict[str, str]] = {"addresses": {}, "profile": {}}  # of a row that is not there yet
WAITING = (State.NEEDS_APPROVAL, State.SCHEDULED, State.HELD)


@dataclass(frozen=True)
class Pill:
    state: str
    icon: str
    words: str


@dataclass(frozen=True)
class Standing:
    connection: Connection
    reader: User
    slots: Sequence[Slot] = ()
    waiting: int = 0  # posts that are scheduled on it
    weekdays: Mapping[int, Sequence[Slot]] = field(init=False)

    def __post_init__(self) -> None:
        by_day: dict[int, list[Slot]] = defaultdict(list)
        for slot in self.slots:
            by_day[slot.weekday].append(slot)
        object.__setattr__(self, "weekdays", by_day)

    @property
    def network(self) -> Platform | None:
        return self.connection.network

    @property
    def is_feed(self) -> bool:
        return self.connection.platform == FEED

    @property
    def is_mine(self) -> bool:
        return self.connection.owner_id == self.reader.id

    @property
    def may_change(self) -> bool:
        return self.connection.id is not None and self.connection.may_change(self.reader)

    @property
    def whose(self) -> str:
        owner = self.connection.owner
        if owner is None:
            return _("The space's")
        name = _("Yours") if self.is_mine else owner.name
        return _("%(name)s, shared with the space", name=name) if self.connection.shared else name

    @property
    def pill(self) -> Pill:
        if self.network is None:
            return Pill("paused", "pause", _("Its plugin is off"))
        if self.connection.is_held:
            return Pill("failed", "warn", _("Held"))
        if self.ends_soon and self.end:
            return Pill("waiting", "clock", _("Ends on %(day)s", day=short_day(self.end)))
        return Pill("ok", "check", _("Publishes"))

    @property
    def end(self) -> datetime | None:
        return ends_at(self.connection)

    @property
    def ends_soon(self) -> bool:
        return self.end is not None and self.end <= now() + timedelta(days=DAYS[0])

    @property
    def quiet_until(self) -> datetime | None:
        until = self.connection.quiet_until
        return until if until and until > now() else None

    @property
    def has_door(self) -> bool:
        return self.network is not None and self.network.door is not None

    @property
    def wants_release(self) -> bool:
        """A person has seen to it elsewhere, and says so."""
        return self.connection.is_held and self.connection.remedy in (Remedy.CREDITS, Remedy.SETUP)

    @property
    def feed_addresses(self) -> Sequence[tuple[str, str]]:
        addresses = Addresses.public(self.connection.account_id)
        return [(_("Atom"), addresses.feed(ATOM)), (_("JSON Feed"), addresses.feed(JSON))]


def standings(reader: User) -> Sequence[Standing]:
    """Of all that they may use. The feed is there from the start, also where it has no row yet: a page that is looked
    at writes none."""
    known = Connection.known_to(reader)
    there = any(each.platform == FEED for each in known)
    feed = Connection(account_id=reader.account_id, platform=FEED, handle=reader.account.name, shared=True, **NEW)
    return _standings(known if there else [feed, *known], reader)


def gone(reader: User) -> Sequence[Standing]:
    """Of what was theirs and is disconnected, where posts still wait for it."""
    removed = select(Connection).where(
        Connection.account_id == reader.account_id, Connection.owner_id == reader.id, Connection.removed_at.is_not(None)
    )
    found = db.session.scalars(removed.order_by(Connection.id)).all()
    return [each for each in _standings(found, reader) if each.waiting]


def waiting_for(connections: Sequence[Connection]) -> Mapping[int, int]:
    """How many posts are scheduled, by the connection's id. Index: ix_publishing_target_connection_id_due_at"""
    ids = [each.id for each in connections if each.id]
    waits = select(Target.connection_id, func.count()).where(Target.connection_id.in_(ids), Target.state.in_(WAITING))
    found = db.session.execute(waits.group_by(Target.connection_id)).all()
    return {row[0]: row[1] for row in found}


def _standings(connections: Sequence[Connection], reader: User) -> Sequence[Standing]:
    slots: dict[int, list[Slot]] = defaultdict(list)
    ids = [each.id for each in connections if each.id]
    ordered = select(Slot).where(Slot.connection_id.in_(ids)).order_by(Slot.weekday, Slot.minute)
    for slot in db.session.scalars(ordered):
        slots[slot.connection_id].append(slot)
    waiting = waiting_for(connections)
    return [Standing(each, reader, slots[each.id], waiting.get(each.id, 0)) for each in connections]
