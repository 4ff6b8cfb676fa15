"""A slot: a weekday and a time at which a connection likes to publish."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, mapped_column

from host import Id, Invalid, Model, _, db, moment_of, now
from plugins.publishing.connection import Connection
from plugins.publishing.states import State
from plugins.publishing.target import Target

DAYS, MINUTES = 7, 24 * 60
WEEKDAYS = tuple(str(day) for day in range(DAYS))
MOST = 100  # of one connection
WEEKS = 53  # in which a free one is looked for
TAKING = (State.SCHEDULED, State.HELD, State.NEEDS_APPROVAL, State.CLAIMED, State.SENDING)


class Slot(Model):
    """By the wall clock of whoever asks: the same hour in summer and in winter."""

    __tablename__ = "publishing_slot"
    __table_args__ = (Index("uq_publishing_slot_time", "connection_id", "weekday", "minute", unique=True),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    connection_id: Mapped[int] = mapped_column(ForeignKey("publishing_connection.id", ondelete="CASCADE"))
    weekday: Mapped[int]  # 0 is Monday
    minute: Mapped[int]  # of the day

    @classmethod
    def of(cls, connection: Connection) -> Sequence["Slot"]:
        ordered = select(cls).filter_by(connection_id=connection.id).order_by(cls.weekday, cls.minute)
        return db.session.scalars(ordered).all()

    @classmethod
    def times_of(cls, connection: Connection) -> Sequence[tuple[int, int]]:
        """As weekday and minute."""
        return [(each.weekday, each.minute) for each in cls.of(connection)]

    @classmethod
    def replace(cls, connection: Connection, times: Sequence[tuple[int, int]]) -> None:
        """Have just these, as weekday and minute. Raises Invalid."""
        if any(not 0 <= weekday < DAYS or not 0 <= minute < MINUTES for weekday, minute in times):
            raise Invalid({"slots": [_("A slot is a day of the week and a time.")]})
        if len(set(times)) > MOST:
            raise Invalid({"slots": [_("A connection has at most %(n)s slots.", n=MOST)]})
        for each in cls.of(connection):
            db.session.delete(each)
        db.session.flush()
        db.session.add_all(cls(connection_id=connection.id, weekday=day, minute=at) for day, at in sorted(set(times)))
        db.session.flush()
        connection.show()

    def on(self, day: date, zone: tzinfo) -> datetime:
        wall = datetime.combine(day, time(self.minute // 60, self.minute % 60))
        return moment_of(wall, zone).at

    @property
    def words(self) -> str:
        return f"{self.minute // 60:02}:{self.minute % 60:02}"


def read_time(weekday: str, clock: str) -> tuple[int, int]:
    """What a form says, as weekday and minute. Raises Invalid."""
    try:
        at = time.fromisoformat(clock)
    except ValueError:
        at = None
    if at is None or weekday not in WEEKDAYS or ":" not in clock:
        raise Invalid({"slots": [_("A slot is a day of the week and a time.")]})
    return WEEKDAYS.index(weekday), at.hour * 60 + at.minute


def next_free(connection: Connection, zone: tzinfo, *, after: datetime | None = None) -> datetime | None:
    """The next slot that nothing is scheduled for; None without slots. A slot that was given up stays free."""
    slots, begin = Slot.of(connection), after or now()
    taken = _taken(connection, begin)
    first = begin.astimezone(zone).date()
    for day in (first + timedelta(days=number) for number in range(WEEKS * DAYS if slots else 0)):
        for slot in slots:
            at = slot.on(day, zone)
            if slot.weekday == day.weekday() and at > begin and at not in taken:
                return at
    return None


def _taken(connection: Connection, begin: datetime) -> set[datetime]:
    """Index: ix_publishing_target_connection_id_due_at"""
    due = select(Target.due_at).where(Target.connection_id == connection.id, Target.due_at >= begin)
    return {at.astimezone(UTC) for at in db.session.scalars(due.where(Target.state.in_(TAKING))) if at}
