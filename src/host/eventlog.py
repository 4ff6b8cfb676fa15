"""The event log: writing down what happened, and the moment at which subscribers and the host's own listeners hear of
it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import Select, insert
from sqlalchemy.sql.dml import ReturningInsert

from host.clock import now
from host.db import Session, db, session
from host.events import EventKind, RecordedBatch, RecordedEvent
from host.models.event import Event
from host.models.user import User

Recorded = RecordedEvent | RecordedBatch
Listener = Callable[[Sequence[Recorded]], None]

# Parts of the host that hear of every event, inside the transaction: the jobs of subscribers, live updates.
listeners: list[Listener] = []


class Subject(Protocol):
    """What an event is about: a card, a board or the space."""

    @property
    def log_place(self) -> dict[str, Any]: ...


def record(happened: EventKind, subject: Subject, *, by: User, automatic: bool = False, **particulars: Any) -> Event:
    """Write an event in the running transaction; who subscribed hears of it at the commit.

    Nothing automatic counts as activity but resting, which `Flock` sees to (product.md, section 2).
    """
    event = Event(
        kind=happened.name, creator=by, automatic=automatic, at=now(), particulars=particulars, **subject.log_place
    )
    if event.card and happened.touches and not automatic:
        event.card.last_active_at = event.at
    db.session.add(event)
    db.session.flush()  # one by one: the rows of a flush come in any order, and the log is read in order of its ids
    _heard(session()).append(event)
    return event


def record_rows(rows: Sequence[Mapping[str, Any]]) -> list[RecordedEvent]:
    """Write many events with one statement (law 4); `rows` are columns of `Event`.

    The cards are the caller's to touch.
    """
    if not rows:
        return []
    # What comes back is read whole: matching ids to rows by their order would cost a statement a row on SQLite.
    statement = insert(Event).returning(*(getattr(Event, name) for name in RecordedEvent._fields))
    recorded = [RecordedEvent(*row) for row in db.session.execute(statement, list(rows))]
    _heard(session()).extend(recorded)
    return recorded


def event_select(rows: Select[Any]) -> ReturningInsert[int, int, int, int]:
    """The statement by which the database itself writes an event for each row (law 4), for `record_by`. `rows` gives
    columns of `Event` by their names, in the order of the log. To be made once: that takes longer than to run it.
    """
    log = Event.metadata.tables[Event.__tablename__]  # the table: for a mapped class the session would look at each row
    written = insert(log).from_select(list(rows.selected_columns.keys()), rows)
    return written.returning(log.c.id, log.c.account_id, log.c.board_id, log.c.card_id)


def record_by(happened: EventKind, statement: ReturningInsert[int, int, int, int], values: Any) -> RecordedBatch:
    """Write the events of an `event_select` with these values. The cards are the caller's to touch."""
    found = db.session.connection().execute(statement, values).all()
    batch = RecordedBatch(happened.name, *zip(*found, strict=True))
    if batch.ids:
        _heard(session()).append(batch)
    return batch


def record_history(rows: Sequence[Mapping[str, Any]]) -> None:
    """Write into the log what happened long ago or elsewhere, with its own times and people: history, not news.

    Nobody is asked and nobody hears of it, so no one is notified and no clock is touched. `rows` as in `record_rows`.
    """
    if rows:
        # Without the option each run of rows with a null somewhere would be a statement of its own.
        db.session.execute(insert(Event), list(rows), execution_options={"render_nulls": True})


def forget(card_id: int) -> None:
    """Leave unsaid what was recorded of a card that is about to be removed: its events go with it."""
    running = session()
    running.flush()
    running.info["heard"] = [left for each in _heard(running) if (left := _without(card_id, each)) is not None]


def tell(session: Session) -> None:
    """Hand on everything recorded since the last commit, all at once, to those who listen."""
    events = _flushed(session)
    if events:
        for hear in listeners:
            hear(events)


def _heard(session: Session) -> list[Event | Recorded]:
    heard: list[Event | Recorded] = session.info.setdefault("heard", [])
    return heard


def _without(card_id: int, heard: Event | Recorded) -> Event | Recorded | None:
    if not isinstance(heard, RecordedBatch):
        return heard if heard.card_id != card_id else None
    left = [row for row in zip(*heard[1:], strict=True) if row[-1] != card_id]
    return RecordedBatch(heard.kind, *zip(*left, strict=True))


def _flushed(session: Session) -> list[Recorded]:
    """Take what was recorded."""
    heard = session.info.pop("heard", [])
    if heard:
        session.flush()
    return [each.recorded() if isinstance(each, Event) else each for each in heard]


Session.before_commit.append(tell)
