"""Who hears of an event: the people who look after a card and those who watch it, never the one who did it."""

from collections import defaultdict
from collections.abc import Sequence, Set
from typing import NamedTuple

from sqlalchemy import Select, String, literal, select, union_all

from host import (
    CARD_ASSIGNED,
    CARD_AUTO_POSTPONED,
    CARD_BOARD_CHANGED,
    CARD_CLOSED,
    CARD_POSTPONED,
    CARD_PUBLISHED,
    CARD_REOPENED,
    CARD_SENT_BACK_TO_TRIAGE,
    CARD_TITLE_CHANGED,
    CARD_TRIAGED,
    CARD_UNASSIGNED,
    COMMENT_CREATED,
    Access,
    Assignment,
    Card,
    Event,
    Role,
    User,
    Watch,
    db,
)

WATCHERS, ASSIGNEES, NEIGHBOURS = "watchers", "assignees", "neighbours"  # neighbours watch the board

CARD_CHANGES = (
    CARD_ASSIGNED,
    CARD_UNASSIGNED,
    CARD_TRIAGED,
    CARD_SENT_BACK_TO_TRIAGE,
    CARD_CLOSED,
    CARD_REOPENED,
    CARD_POSTPONED,
    CARD_AUTO_POSTPONED,
    CARD_TITLE_CHANGED,
    CARD_BOARD_CHANGED,
)
AUDIENCES: dict[str, Sequence[str]] = {
    COMMENT_CREATED.name: (WATCHERS,),
    CARD_PUBLISHED.name: (WATCHERS, ASSIGNEES, NEIGHBOURS),
    **{kind.name: (WATCHERS, ASSIGNEES) for kind in CARD_CHANGES},
}
KINDS = (COMMENT_CREATED, CARD_PUBLISHED, *CARD_CHANGES)

Query = Select[str, int, int]
People = dict[tuple[str, int], set[int]]  # (audience, card) to the ids of users


class Told(NamedTuple):
    """One person who is to hear of one event."""

    user_id: int
    event: Event


def recipients(events: Sequence[Event]) -> list[Told]:
    """Everyone who is to hear of these events, in the events' order and then by id. One query whatever the number."""
    people = _people({event.card_id or 0 for event in events}, {name for event in events for name in _audiences(event)})
    return [Told(user_id, event) for event in events for user_id in sorted(_hearing(event, people))]


def _audiences(event: Event) -> Sequence[str]:
    return AUDIENCES.get(event.kind, ())


def _hearing(event: Event, people: People) -> set[int]:
    """What happened by itself has no actor, so the owner, in whose name it is written, is told like anybody."""
    actor = None if event.automatic else event.creator_id
    return {id for name in _audiences(event) for id in people[name, event.card_id or 0]} - {actor}  # noqa: A001


def _people(card_ids: Set[int], audiences: Set[str]) -> People:
    """Indexes: uq_watch_card_id_user_id, uq_assignment_card_id_user_id, ix_access_board_id."""
    people: People = defaultdict(set)
    if queries := [QUERIES[name]().where(Card.id.in_(card_ids)) for name in sorted(audiences)]:
        for audience, card_id, user_id in db.session.execute(union_all(*queries)):
            people[audience, card_id].add(user_id)
    return people


def _watchers() -> Query:
    watch = (Watch.card_id == Card.id) & (Watch.user_id == User.id)
    return _active(WATCHERS).join(Watch, watch).where(Watch.watching)


def _assignees() -> Query:
    return _active(ASSIGNEES).join(Assignment, (Assignment.card_id == Card.id) & (Assignment.user_id == User.id))


def _neighbours() -> Query:
    return _active(NEIGHBOURS).where(Access.watching)


def _active(audience: str) -> Query:
    """Active people who may see the card's board."""
    named = literal(audience, String).label("audience")
    return (
        select(named, Card.id, User.id)
        .select_from(Card)
        .join(Access, Access.board_id == Card.board_id)
        .join(User, User.id == Access.user_id)
        .where(User.active, User.role != Role.SYSTEM)
    )


QUERIES = {WATCHERS: _watchers, ASSIGNEES: _assignees, NEIGHBOURS: _neighbours}
