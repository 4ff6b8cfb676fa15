"""What entropy has to say in a person's weekly summary: what rested, and what will."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select

from host import CARD_AUTO_POSTPONED, Board, Card, Event, Place, SummarySection, User, _, db, ngettext, now, visible
from plugins.entropy.groups import due, groups

AHEAD = timedelta(days=7)
Cards = Select[int, str, int]  # number, title, and how many there are
NAMED = 10  # cards; of the others only how many


def sections(person: User, since: datetime) -> Sequence[SummarySection]:
    return [
        SummarySection(_("Went to rest"), _lines(_rested(person, since)), weight=10),
        SummarySection(_("Will rest within a week"), _lines(_to_rest(person)), weight=20),
    ]


def _rested(person: User, since: datetime) -> Cards:
    """What rested by itself since then and rests still, the latest first. Index: ix_event_card_id"""
    slept = (Event.card_id == Card.id) & (Event.kind == CARD_AUTO_POSTPONED.name) & (Event.at >= since)
    resting = _cards(person).where(Card.place == Place.NOT_NOW, select(Event.id).where(slept).exists())
    return resting.order_by(Card.last_active_at.desc(), Card.id)


def _to_rest(person: User) -> Cards:
    """The longest untouched first. Index: ix_card_awake"""
    resting = due(groups(visible(Board, person)), now() + AHEAD)
    return _cards(person).where(resting).order_by(Card.last_active_at, Card.id)


def _cards(person: User) -> Cards:
    return select(Card.number, Card.title, func.count().over()).where(visible(Card, person))


def _lines(cards: Cards) -> list[tuple[str, str]]:
    found = db.session.execute(cards.limit(NAMED)).all()
    lines = [(title, f"/cards/{number}") for number, title, _count in found]
    others = found[0][2] - len(found) if found else 0
    more = ngettext("and %(n)s other", "and %(n)s others", others)
    return [*lines, (more, "/")] if others else lines
