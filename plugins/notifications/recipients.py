"""Who hears of an event, and why: who is mentioned, who has the card, who watches it or its board. Never the one who
did it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from sqlalchemy import Select, String, literal, select, union_all

from host import (
    CARD_ASSIGNED,
    CARD_AUTO_POSTPONED,
    CARD_BOARD_CHANGED,
    CARD_CLOSED,
    CARD_DESCRIPTION_CHANGED,
    CARD_POSTPONED,
    CARD_PUBLISHED,
    CARD_REOPENED,
    CARD_SENT_BACK_TO_TRIAGE,
    CARD_TITLE_CHANGED,
    CARD_TRIAGED,
    CARD_UNASSIGNED,
    COMMENT_CREATED,
    MENTIONS_ADDED,
    NOTICE,
    Access,
    Assignment,
    Card,
    Event,
    Role,
    User,
    Watch,
    db,
)
from plugins.notifications.reasons import Reason

CARD_CHANGES = (
    CARD_ASSIGNED,
    CARD_UNASSIGNED,
    CARD_TRIAGED,
    CARD_SENT_BACK_TO_TRIAGE,
    CARD_CLOSED,
    CARD_REOPENED,
    CARD_POSTPONED,
    CARD_TITLE_CHANGED,
    CARD_BOARD_CHANGED,
)
# Who watches a board hears of all but comments; what rests by itself concerns only those who look after the card.
AUDIENCES: dict[str, Sequence[Reason]] = {
    COMMENT_CREATED.name: (Reason.WATCHING,),
    CARD_PUBLISHED.name: (Reason.ASSIGNEE, Reason.WATCHING, Reason.BOARD),
    CARD_AUTO_POSTPONED.name: (Reason.ASSIGNEE, Reason.WATCHING),
    **{kind.name: (Reason.ASSIGNEE, Reason.WATCHING, Reason.BOARD) for kind in CARD_CHANGES},
}
NAMING = (MENTIONS_ADDED, CARD_DESCRIPTION_CHANGED)  # only whom they name hears of them
KINDS = (COMMENT_CREATED, CARD_PUBLISHED, CARD_AUTO_POSTPONED, NOTICE, *NAMING, *CARD_CHANGES)

NAMED, SEEING = "named", "seeing"  # whom an event names; who sees the card

Query = Select[str, int, int]
People = dict[tuple[str, int], set[int]]  # (audience, card) to the ids of users
Mentioned = Mapping[int, Set[int]]  # the event to the ids of users


class Told(NamedTuple):
    """One person who is to hear of one event."""

    user_id: int
    event: Event
    reason: Reason


def recipients(events: Sequence[Event], mentioned: Mentioned) -> list[Told]:
    """Everyone who is to hear of these events, in the events' order and then by id. A constant number of queries."""
    audiences: set[str] = {name for event in events for name in _audiences(event)}
    named = {user_id for event in events for user_id in _named(event)}
    people = _people({event.card_id or 0 for event in events}, audiences | ({SEEING} if named else set()))
    people[NAMED, 0] = _active_ids(named)
    return [told for event in events for told in _hearing(event, people, mentioned.get(event.id, frozenset()))]


def _audiences(event: Event) -> Sequence[Reason]:
    return AUDIENCES.get(event.kind, ())


def _hearing(event: Event, people: People, mentioned: Set[int]) -> Iterator[Told]:
    """What happened by itself has no actor, so the owner, in whose name it is written, is told like anybody."""
    found: dict[int, Reason] = {}
    for reason, ids in _reasons(event, people, mentioned):
        for user_id in ids:
            found.setdefault(user_id, reason)
    actor = None if event.automatic else event.creator_id
    return (Told(user_id, event, found[user_id]) for user_id in sorted(found) if user_id != actor)


def _reasons(event: Event, people: People, mentioned: Set[int]) -> Iterator[tuple[Reason, Set[int]]]:
    """The strongest first."""
    yield Reason.MENTION, mentioned
    named = people[NAMED, 0] & _named(event)
    if event.card_id is not None:
        named &= people[SEEING, event.card_id]  # not who no longer sees the board
    yield Reason.NOTICE if event.kind == NOTICE.name else Reason.ASSIGNED, named
    for reason in _audiences(event):
        yield reason, people[reason, event.card_id or 0]


def _named(event: Event) -> Set[int]:
    """The people in the event's own words: to whom a notice goes, who was given the card."""
    return {*event.particulars.get("people", ()), *event.particulars.get("assignee_ids", ())}


def _active_ids(ids: Set[int]) -> set[int]:
    if not ids:
        return set()
    return set(db.session.scalars(select(User.id).where(User.id.in_(ids), User.active, User.role != Role.SYSTEM)))


def _people(card_ids: Set[int], audiences: Set[str]) -> People:
    """Indexes: uq_watch_card_id_user_id, uq_assignment_card_id_user_id, ix_access_board_id."""
    people: People = defaultdict(set)
    if queries := [QUERIES[name]().where(Card.id.in_(card_ids)) for name in sorted(audiences)]:
        for audience, card_id, user_id in db.session.execute(union_all(*queries)):
            people[audience, card_id].add(user_id)
    return people


def _watching() -> Query:
    watch = (Watch.card_id == Card.id) & (Watch.user_id == User.id)
    return _active(Reason.WATCHING).join(Watch, watch).where(Watch.watching)


def _assignees() -> Query:
    return _active(Reason.ASSIGNEE).join(Assignment, (Assignment.card_id == Card.id) & (Assignment.user_id == User.id))


def _neighbours() -> Query:
    return _active(Reason.BOARD).where(Access.watching)


def _seeing() -> Query:
    return _active(SEEING)


def _active(audience: str) -> Query:
    """Active people who may see the card's board."""
    named = literal(str(audience), String).label("audience")
    return (
        select(named, Card.id, User.id)
        .select_from(Card)
        .join(Access, Access.board_id == Card.board_id)
        .join(User, User.id == Access.user_id)
        .where(User.active, User.role != Role.SYSTEM)
    )


QUERIES = {Reason.WATCHING: _watching, Reason.ASSIGNEE: _assignees, Reason.BOARD: _neighbours, SEEING: _seeing}
