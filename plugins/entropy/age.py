"""How old the cards of each board are: how many at which stage of their life, and how many rest; a few rows a day."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, ForeignKey, String, case, delete, func, insert, literal, select
from sqlalchemy.orm import Mapped, mapped_column

from host import Board, Card, Id, Model, Place, _, checkpoint, db, ngettext, now, task
from plugins.entropy.glance import glance
from plugins.entropy.groups import Group, groups
from plugins.entropy.life import STAGES
from plugins.entropy.respite import start

RESTING = "resting"
KEPT = timedelta(days=365)
MANY = 1000  # rows in one statement


class Age(Model):
    """So many cards of a board were at this stage on this day."""

    __tablename__ = "entropy_age"

    board_id: Mapped[int] = mapped_column(Id, ForeignKey("board.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True, index=True)
    stage: Mapped[str] = mapped_column(String(10), primary_key=True)  # one of STAGES, "due", or RESTING
    cards: Mapped[int]


class Count(NamedTuple):
    board_id: int
    stage: str
    cards: int


@task("entropy.age")
def run() -> str:
    """Write down today's counts, once however often it runs, and forget those of a year ago. What takes long only
    reads, so it keeps nobody from writing."""
    found = glance(counted)
    day = today()
    db.session.execute(delete(Age).where((Age.day == day) | (Age.day < day - KEPT)))
    for some in _parts(found):
        db.session.execute(insert(Age), [{**each._asdict(), "day": day} for each in some])
        checkpoint()
    boards = len({each.board_id for each in found})
    return ngettext("looked at %(n)s board", "looked at %(n)s boards", boards) if boards else _("nothing to look at")


def counted(*boards: ColumnElement[bool]) -> list[Count]:
    """The counts of now, on all boards that meet the conditions. One statement a group, and one for what rests."""
    at = now()
    found = [count for group in groups(*boards) for count in _awake(group, at)]
    resting = select(Card.board_id, literal(RESTING), func.count()).where(Card.place == Place.NOT_NOW)
    if boards:
        resting = resting.where(Card.board_id.in_(select(Board.id).where(*boards)))
    return [*found, *(Count(*row) for row in db.session.execute(resting.group_by(Card.board_id)))]


def today() -> date:
    """By the calendar that hangs where this program runs, for a board has one age for all who look at it."""
    return now().astimezone().date()


def history(board: Board, since: date) -> dict[date, Counter[str]]:
    """Day by day, what was written down. Index: the primary key."""
    days: dict[date, Counter[str]] = {}
    written = select(Age.day, Age.stage, Age.cards).where(Age.board_id == board.id, Age.day >= since)
    for day, stage, cards in db.session.execute(written):
        days.setdefault(day, Counter())[stage] = cards
    return days


def _awake(group: Group, at: datetime) -> Iterable[Count]:
    cards = select(Card.board_id, _stage(group.period, at).label("stage")).where(group.awake()).subquery()
    counts = select(cards.c.board_id, cards.c.stage, func.count()).group_by(cards.c.board_id, cards.c.stage)
    return (Count(*row) for row in db.session.execute(counts))


def _stage(period: timedelta, at: datetime) -> ColumnElement[str]:
    """The same rule as `Life.stage`: its percentage is rounded down, so below means below, to the microsecond."""
    began = start()
    return case(*((began > at - period * below / 100, literal(name)) for name, below in STAGES.items()), else_="due")


def _parts(found: Sequence[Count]) -> Iterable[Sequence[Count]]:
    return (found[begin : begin + MANY] for begin in range(0, len(found), MANY))
