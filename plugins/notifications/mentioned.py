"""Whom the texts behind some events name, and the rows that remember it.

The lookup writes nothing; `remember` is for the job that tells people, in its transaction.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from typing import Any, NamedTuple

from sqlalchemy import Select, literal, select, union_all

from host import (
    CARD_DESCRIPTION_CHANGED,
    CARD_PUBLISHED,
    COMMENT_CREATED,
    MENTIONS_ADDED,
    Access,
    Card,
    Comment,
    Event,
    Role,
    User,
    db,
    handles_in,
    insert_ignoring,
    now,
    watch_cards,
)
from plugins.notifications.mention import Mention

SAID = frozenset({COMMENT_CREATED.name, MENTIONS_ADDED.name})
DESCRIBED = frozenset({CARD_PUBLISHED.name, CARD_DESCRIPTION_CHANGED.name})
MOST_ASKED_FOR = 1000  # handles in one statement: databases bound what they are asked with

Mentioned = dict[int, set[int]]  # the id of an event to the ids of users
Source = tuple[str, int]  # "comment" or "card", and its id


class Text(NamedTuple):
    """A text that names somebody, and the board that it stands on now."""

    board_id: int
    handles: Sequence[str]


def mentioned_in(events: Collection[Event]) -> Mentioned:
    """The people named in the comment or description that each event is about, whoever wrote it among them: active
    people who may see the card's board. Two statements at most. An event that names nobody is missing."""
    sources = {event.id: source for event in events if (source := _source(event))}
    texts = _texts(set(sources.values()))
    people = _people(texts.values())
    found = {
        event_id: {people[at] for handle in texts[source].handles if (at := (texts[source].board_id, handle)) in people}
        for event_id, source in sources.items()
        if source in texts
    }
    return {event_id: ids for event_id, ids in found.items() if ids}


def remember(events: Collection[Event], found: Mapping[int, Set[int]]) -> Mentioned:
    """Write down who is mentioned by these events and let them watch the card. Returns who is to be told of it: those
    whom the same text has not mentioned before, without whoever mentions themselves."""
    rows = [_row(event, user_id) for event in events for user_id in found.get(event.id, ())]
    if not rows:
        return {}
    rows.sort(key=_order)
    written = insert_ignoring(Mention).returning(Mention.event_id, Mention.card_id, Mention.user_id)
    new = db.session.execute(written, rows).all()
    watch_cards((card_id, user_id) for _event, card_id, user_id in new)
    actors = {event.id: event.creator_id for event in events}
    told: Mentioned = defaultdict(set)
    for event_id, _card, user_id in new:
        if user_id != actors[event_id]:
            told[event_id].add(user_id)
    return dict(told)


def _source(event: Event) -> Source | None:
    if event.kind in SAID:
        return "comment", event.particulars["comment_id"]
    return ("card", event.card_id) if event.kind in DESCRIBED and event.card_id else None


def _texts(sources: Set[Source]) -> dict[Source, Text]:
    """Those that name somebody. Indexes: the primary keys."""
    if not sources:
        return {}
    said = _on_board("comment", Comment, Comment.body).join(Card, Card.id == Comment.card_id)
    said = said.where(Comment.standing)
    described = _on_board("card", Card, Card.description)
    comments, cards = (
        query.where(model.id.in_([id for of, id in sources if of == kind]))  # noqa: A001
        for query, model, kind in ((said, Comment, "comment"), (described, Card, "card"))
    )
    found = db.session.execute(union_all(comments, cards))
    texts = {(kind, id): Text(board_id, handles_in(text)) for kind, id, board_id, text in found}  # noqa: A001
    return {source: text for source, text in texts.items() if text.handles}


def _on_board(kind: str, model: Any, text: Any) -> Select[str, int, int, str]:
    return select(literal(kind), model.id, Card.board_id, text).where(text.contains("@"))


def _people(texts: Collection[Text]) -> dict[tuple[int, str], int]:
    """Who is meant by a handle on a board. Index: ix_access_board_id."""
    handles = {handle for text in texts for handle in text.handles}
    if not handles:
        return {}
    may_see = select(Access.board_id, User.handle, User.id).join(User, User.id == Access.user_id)
    may_see = may_see.where(Access.board_id.in_({text.board_id for text in texts}), User.active)
    if len(handles) <= MOST_ASKED_FOR:
        may_see = may_see.where(User.handle.in_(handles))
    found = db.session.execute(may_see.where(User.role != Role.SYSTEM))
    return {(board_id, handle): id for board_id, handle, id in found}  # noqa: A001


def _order(row: Mapping[str, Any]) -> tuple[int, int, int, int]:
    """The same for all workers, so that of two who write the same rows one waits and none is stuck; of two events about
    one text the first comes first."""
    return row["card_id"], row["comment_id"] or 0, row["user_id"], row["event_id"]


def _row(event: Event, user_id: int) -> dict[str, Any]:
    return {
        "user_id": user_id,
        "card_id": event.card_id,
        "comment_id": event.particulars.get("comment_id"),
        "mentioner_id": event.creator_id,
        "event_id": event.id,
        "created_at": now(),
    }
