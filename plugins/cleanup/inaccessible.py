"""What somebody can see no more, since a board was closed to them: they watch nothing there, and look after nothing.

What they did stays, in the log and in what they wrote. Other plugins take back what is theirs by the same event.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute

from host import Access, Assignment, Card, Event, OldRows, Pin, Watch, clear, db, ngettext, now, publish_live, task


@task("cleanup.inaccessible")
def take_back(event_ids: list[int]) -> str:
    """After access was revoked. Whoever was let in again meanwhile keeps what they have."""
    gone = 0
    for event in db.session.scalars(select(Event).where(Event.id.in_(event_ids))).all():
        board_id, account_id, people = event.board_id, event.account_id, event.particulars["user_ids"]
        if board_id is not None:
            for rows in (watches(board_id, people), pins(board_id, people), assignments(board_id, people)):
                gone += clear(rows, now())
            publish_live(f"board {board_id}", account_id=account_id)
    return ngettext("%(n)s thing taken back", "%(n)s things taken back", gone)


def watches(board_id: int, people: Collection[int]) -> OldRows:
    """Index: ix_watch_user_id"""

    def gone(_before: datetime) -> ColumnElement[bool]:
        return Watch.user_id.in_(people) & Watch.card_id.in_(_cards(board_id)) & ~_sees(board_id, Watch.user_id)

    return OldRows(Watch, gone)


def pins(board_id: int, people: Collection[int]) -> OldRows:
    """Index: uq_pin_user_id_card_id"""

    def gone(_before: datetime) -> ColumnElement[bool]:
        return Pin.user_id.in_(people) & Pin.card_id.in_(_cards(board_id)) & ~_sees(board_id, Pin.user_id)

    return OldRows(Pin, gone)


def assignments(board_id: int, people: Collection[int]) -> OldRows:
    """Index: ix_assignment_user_id"""

    def gone(_before: datetime) -> ColumnElement[bool]:
        theirs = Assignment.user_id.in_(people) & Assignment.card_id.in_(_cards(board_id))
        return theirs & ~_sees(board_id, Assignment.user_id)

    return OldRows(Assignment, gone)


def _cards(board_id: int) -> Select[int]:
    return select(Card.id).where(Card.board_id == board_id)


def _sees(board_id: int, user_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    return select(Access.id).where(Access.board_id == board_id, Access.user_id == user_id).exists()
