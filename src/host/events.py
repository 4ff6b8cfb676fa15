"""The event log: what happened, to which card, by whom; and the moment at which plugins hear of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import insert

from host.clock import now
from host.db import Session, db, session
from host.errors import Refused

if TYPE_CHECKING:
    from host.models.board import Board
    from host.models.card import Card
    from host.models.event import Event
    from host.models.user import User

ROUNDS = 8  # how often plugins may answer events with events before we call it a loop


@dataclass(frozen=True)
class EventKind:
    """A kind of event. `touches` says whether it counts as activity on the card, which restarts its clock.

    A plugin's kinds carry its name: `publishing.sent`.
    """

    name: str
    touches: bool = False


class RecordedEvent(NamedTuple):
    """An event as plugins get it: plain values, so that a batch of a hundred thousand stays cheap."""

    id: int
    kind: str
    account_id: int
    board_id: int | None
    card_id: int | None
    creator_id: int | None
    automatic: bool
    at: datetime
    particulars: Mapping[str, Any]


KINDS: dict[str, EventKind] = {}
# Parts of the host that hear of every event, inside the transaction, such as live updates.
listeners: list[Callable[[Sequence[RecordedEvent]], None]] = []


def kind(name: str, *, touches: bool = False) -> EventKind:
    """Declare a kind of event."""
    declared = KINDS.setdefault(name, EventKind(name, touches))
    if declared.touches != touches:
        raise ValueError(f"event kind {name} is declared twice, differently")
    return declared


# What touches a card and what does not: product.md, section 2, "What counts as activity".
CARD_PUBLISHED = kind("card_published")
CARD_TITLE_CHANGED = kind("card_title_changed", touches=True)
CARD_DESCRIPTION_CHANGED = kind("card_description_changed")
CARD_TRIAGED = kind("card_triaged", touches=True)
CARD_SENT_BACK_TO_TRIAGE = kind("card_sent_back_to_triage", touches=True)
CARD_CLOSED = kind("card_closed", touches=True)
CARD_REOPENED = kind("card_reopened", touches=True)
CARD_POSTPONED = kind("card_postponed", touches=True)
CARD_AUTO_POSTPONED = kind("card_auto_postponed", touches=True)
CARD_ASSIGNED = kind("card_assigned", touches=True)
CARD_UNASSIGNED = kind("card_unassigned", touches=True)
CARD_BOARD_CHANGED = kind("card_board_changed", touches=True)
CARD_KEPT = kind("card_kept", touches=True)
CARD_DELETED = kind("card_deleted")
COMMENT_CREATED = kind("comment_created", touches=True)
BOARD_CREATED = kind("board_created")
COLUMN_DELETED = kind("column_deleted")
NOTICE = kind("notice")


def record(
    happened: EventKind, subject: "Card | Board", *, by: "User", automatic: bool = False, **particulars: Any
) -> "Event":
    """Write an event in the running transaction. Plugins may refuse it first; all hear of it at the commit.

    Raises Refused when a plugin says no, before anything is written.
    """
    from host.models.card import Card
    from host.models.event import Event

    card = subject if isinstance(subject, Card) else None
    event = Event(
        kind=happened.name,
        account_id=subject.account_id,
        board_id=card.board_id if card else subject.id,
        card=card,
        creator=by,
        automatic=automatic,
        at=now(),
        particulars=particulars,
    )
    _ask(event, by)
    if card and happened.touches:
        card.last_active_at = event.at
    db.session.add(event)
    _heard(session()).append(event)
    return event


def record_rows(rows: Sequence[Mapping[str, Any]]) -> list[RecordedEvent]:
    """Write many events with one statement (law 4); `rows` are columns of `Event`.

    The cards are the caller's to touch.
    """
    from host.models.event import Event

    if not rows:
        return []
    statement = insert(Event).returning(Event.id, sort_by_parameter_order=True)
    ids = db.session.execute(statement, list(rows)).scalars()
    recorded = [
        RecordedEvent(
            id=id,
            kind=row["kind"],
            account_id=row["account_id"],
            board_id=row.get("board_id"),
            card_id=row.get("card_id"),
            creator_id=row.get("creator_id"),
            automatic=row.get("automatic", False),
            at=row["at"],
            particulars=row.get("particulars", {}),
        )
        for id, row in zip(ids, rows, strict=True)  # noqa: A001
    ]
    _heard(session()).extend(recorded)
    return recorded


def record_history(rows: Sequence[Mapping[str, Any]]) -> None:
    """Write into the log what happened long ago or elsewhere, with its own times and people: history, not news.

    Nobody is asked and nobody hears of it, so no one is notified and no clock is touched. `rows` as in `record_rows`.
    """
    from host.models.event import Event

    if rows:
        db.session.execute(insert(Event), list(rows))


def tell(session: Session) -> None:
    """Hand everything recorded since the last commit to the plugins, all at once, each in its own savepoint.

    What they record in answer is told in the next round.
    """
    from host.jobs.subscriptions import schedule_subscribers
    from host.plugging import gather

    for _round in range(ROUNDS):
        events = _flushed(session)
        if not events:
            return
        schedule_subscribers(events)
        for hear in listeners:
            hear(events)
        for _told in gather("on_events", events=events):
            pass
    raise RuntimeError("plugins answer events with events without end")


def _ask(event: "Event", actor: "User") -> None:
    from host.plugging import first_result

    refusal = first_result("before_event", event=event, actor=actor)
    if refusal is not None:
        raise Refused(refusal.message)


def _heard(session: Session) -> "list[Event | RecordedEvent]":
    heard: list[Event | RecordedEvent] = session.info.setdefault("heard", [])
    return heard


def _flushed(session: Session) -> list[RecordedEvent]:
    """Take what was recorded; an event whose savepoint was rolled back is no longer in the session and falls out."""
    heard = session.info.pop("heard", [])
    if not heard:
        return []
    session.flush()
    return list(_as_rows(session, heard))


def _as_rows(session: Session, heard: "Iterable[Event | RecordedEvent]") -> Iterable[RecordedEvent]:
    for each in heard:
        if isinstance(each, RecordedEvent):
            yield each
        elif each in session:
            yield each.recorded()


Session.before_commit.append(tell)
