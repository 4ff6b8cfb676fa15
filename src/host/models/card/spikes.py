"""Activity spikes: noticed at the commit of what caused them, for all its cards at once; see `stallable`."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import cache

from sqlalchemy import Select, bindparam, func, select, update

from host.clock import now
from host.db import db
from host.dialects import Ids, among
from host.eventlog import Recorded, listeners
from host.events import CARD_ASSIGNED, CARD_REOPENED, COMMENT_CREATED, EventKind, RecordedEvent
from host.models.card.assignable import Assignment
from host.models.card.card import Card
from host.models.comment import Comment
from host.models.user import Role, User

WITHIN = timedelta(days=10)
COMMENTS, AUTHORS = 3, 2

CARDS = bindparam("cards", type_=Ids)


def notice(recorded: Sequence[Recorded]) -> None:
    """At most three statements, whatever their number, and none where nothing of the kind happened."""
    spiked = _cards(recorded, CARD_REOPENED) | _given(_cards(recorded, CARD_ASSIGNED))
    spiked |= _talked_about(_cards(recorded, COMMENT_CREATED))
    if spiked:
        table = Card.metadata.tables[Card.__tablename__]  # the table: for a mapped class each object would be looked at
        awake = update(table).where(among(table.c.id, CARDS), Card.awake).values(activity_spike_at=now())
        db.session.connection().execute(awake, {"cards": sorted(spiked)})


def _cards(recorded: Iterable[Recorded], kind: EventKind) -> set[int]:
    """Those to which somebody did this. What was done by itself to many comes as a batch, and counts for nothing."""
    return {
        each.card_id
        for each in recorded
        if isinstance(each, RecordedEvent) and each.kind == kind.name and each.card_id and not each.automatic
    }


def _given(cards: set[int]) -> set[int]:
    """Those that are still somebody's."""
    return set(db.session.scalars(_somebodys(), {"cards": sorted(cards)})) if cards else set()


def _talked_about(cards: set[int]) -> set[int]:
    values = {"cards": sorted(cards), "since": now() - WITHIN}
    return set(db.session.scalars(_discussed(), values)) if cards else set()


@cache
def _somebodys() -> Select[int]:
    """Index: uq_assignment_card_id_user_id."""
    return select(Assignment.card_id).where(among(Assignment.card_id, CARDS))


@cache
def _discussed() -> Select[int]:
    """Made once: it is asked at each commit with a comment. Index: ix_comment_card_id_created_at."""
    people = select(Comment.card_id).join(User, User.id == Comment.creator_id).where(User.role != Role.SYSTEM)
    said = people.where(among(Comment.card_id, CARDS), Comment.created_at > bindparam("since"), Comment.standing)
    return said.group_by(Comment.card_id).having(
        func.count() >= COMMENTS, func.count(Comment.creator_id.distinct()) >= AUTHORS
    )


listeners.append(notice)
