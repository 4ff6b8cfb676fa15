"""Waking a resting card on a day: a durable job that moves it back to Maybe?.

The waking hangs on the rest itself: whatever ends that rest before (a person, a deletion, the undo of a sweep) takes
the waking with it, and the job finds nothing to do.
"""

from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ForeignKey, Select, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from host import (
    Board,
    Card,
    Id,
    Invalid,
    Job,
    Model,
    Place,
    Postponement,
    User,
    _,
    cancel,
    checkpoint,
    db,
    kind,
    local_time,
    ngettext,
    now,
    schedule,
    task,
    upsert,
)
from plugins.entropy.duration import LONGEST

CARD_WAKING_CHOSEN = kind("entropy.card_waking_chosen")
CARD_WAKING_DROPPED = kind("entropy.card_waking_dropped")


class Waking(Model):
    __tablename__ = "entropy_waking"

    postponement_id: Mapped[int] = mapped_column(
        Id, ForeignKey("postponement.id", ondelete="CASCADE"), primary_key=True
    )
    at: Mapped[datetime]
    creator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    job_id: Mapped[int] = mapped_column(Id)  # no constraint: what is done is purged

    @classmethod
    def of(cls, card: Card) -> "Waking | None":
        return db.session.get(cls, card.postponement.id, populate_existing=True) if card.postponement else None

    @property
    def day(self) -> date:
        """By the calendar of whoever reads it."""
        return local_time(self.at).date()


class Days(NamedTuple):
    """Those that may be chosen, both included."""

    first: date
    last: date

    @classmethod
    def to_choose(cls, person: User | None = None) -> "Days":
        """From tomorrow to ten years ahead, by the calendar of this person, or of whoever looks."""
        today = local_time(now(), person).date()
        return cls(today + timedelta(days=1), today + timedelta(seconds=LONGEST))


def wake_on(card: Card, day: date, by: User) -> None:
    """Let the resting card wake when this day begins, by the clock of whoever chooses it. Choosing
    again moves it.

    Raises Invalid for a card that does not rest, and for a day that has begun or is more than ten years away.
    """
    rest = card.postponement
    if rest is None:
        raise Invalid({"date": [_("Only a resting card can wake.")]})
    days = Days.to_choose(by)
    if not days.first <= day <= days.last:
        raise Invalid({"date": [_("Choose a day after today, within ten years.")]})
    at = datetime.combine(day, time(), by.timezone)
    chosen = {"at": at, "creator_id": by.id, "job_id": _asked(rest.id, at, by.id).id}
    row = upsert(Waking).values(postponement_id=rest.id, **chosen)
    db.session.execute(row.on_conflict_do_update(index_elements=["postponement_id"], set_=chosen))
    card.record(CARD_WAKING_CHOSEN, by=by, day=day.isoformat())


def let_rest(card: Card, by: User) -> None:
    """Take back the day on which the card was to wake; without one nothing changes."""
    rest = card.postponement
    gone = delete(Waking).where(Waking.postponement_id == (rest.id if rest else None)).returning(Waking.job_id)
    job_id = db.session.scalar(gone)
    if job_id is not None:
        cancel(job_id)
        card.record(CARD_WAKING_DROPPED, by=by)


@task("entropy.wake")
def wake(postponement_id: int) -> str:
    """Wake the card whose rest this is, if its day has come: it may have been moved while this began. On a board in the
    archive it sleeps until that is brought back, and so does one that is removed; `wake_late` comes by."""
    due = _resting(select(Card)).where(Waking.postponement_id == postponement_id, Waking.at <= now())
    card = db.session.scalars(due.with_for_update(of=Card)).first()
    if card is None:
        return _put_off(postponement_id)
    card.send_back_to_triage(card.account.system)
    return _("woke card %(number)s", number=card.number)


@task("entropy.wake_late")
def wake_late() -> str:
    """Wake the cards whose day has come and whose own job is gone: thrown away, or failed for good."""
    late = db.session.scalars(_late()).all()
    for postponement_id in late:
        wake.run(postponement_id)
        checkpoint()
    return ngettext("woke %(n)s card", "woke %(n)s cards", len(late)) if late else _("nothing to wake")


def _late() -> Select[int]:
    return _resting(select(Waking.postponement_id)).where(Waking.at <= now()).order_by(Waking.at)


def _resting(wanted: Select[Any]) -> Select[Any]:
    """Of cards that have a day to wake on and can: a card that was removed has kept its rest for when it is brought
    back."""
    chosen = wanted.select_from(Waking).join(Postponement, Postponement.id == Waking.postponement_id)
    chosen = chosen.join(Card, Card.id == Postponement.card_id).join(Card.board)
    return chosen.where(Card.place == Place.NOT_NOW, Board.archived_at.is_(None))


def _put_off(postponement_id: int) -> str:
    """Begun before the day, by hand for one: this job ends here, so another has to wake the card."""
    waking = db.session.get(Waking, postponement_id, populate_existing=True, with_for_update=True)
    if waking is None or waking.at <= now():
        return _("nothing to wake")
    waking.job_id = _asked(postponement_id, waking.at, waking.creator_id).id
    return _("it is not the day yet")


def _asked(postponement_id: int, at: datetime, by_id: int | None) -> Job:
    """One job for each rest: while it waits it is moved."""
    return schedule(wake, at=at, key=str(postponement_id), postponement_id=postponement_id, asked_by_id=by_id)
