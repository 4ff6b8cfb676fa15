"""What can happen: the kinds of events, and an event as plugins get it. `host.eventlog` writes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple


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


class RecordedBatch(NamedTuple):
    """Many events of one kind that one statement wrote: no more of each than tells where it belongs. A few long
    sequences, since a hundred thousand small objects would keep the garbage collector busy."""

    kind: str
    ids: Sequence[int] = ()
    account_ids: Sequence[int] = ()
    board_ids: Sequence[int] = ()
    card_ids: Sequence[int] = ()


KINDS: dict[str, EventKind] = {}


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
CARD_PUT_BACK = kind("card_put_back")  # its rest was a mistake: it has its place and its age again
CARD_ASSIGNED = kind("card_assigned", touches=True)
CARD_UNASSIGNED = kind("card_unassigned", touches=True)
CARD_BOARD_CHANGED = kind("card_board_changed", touches=True)
CARD_KEPT = kind("card_kept", touches=True)
CARD_DUE_CHANGED = kind("card_due_changed")  # `due_on`: a date, or null
CARD_DELETED = kind("card_deleted")
COMMENT_CREATED = kind("comment_created", touches=True)
REACTION_CREATED = kind("reaction_created", touches=True)
MENTIONS_ADDED = kind("mentions_added")  # an edited comment, `comment_id`, names people whom it did not name before
BOARD_CREATED = kind("board_created")
BOARD_CHANGED = kind("board_changed")  # name, description or colour: `changed`
BOARD_DELETED = kind("board_deleted")  # an event of the space, for the board's own are gone
BOARD_ARCHIVED = kind("board_archived")
BOARD_UNARCHIVED = kind("board_unarchived")
BOARD_OFFERED = kind("board_offered")  # as a template
BOARD_WITHDRAWN = kind("board_withdrawn")
BOARD_PUBLISHED = kind("board_published")  # anybody who has the link may read it
BOARD_UNPUBLISHED = kind("board_unpublished")
ACCESS_GRANTED = kind("access_granted")  # some people see a board now: `user_ids`
ACCESS_REVOKED = kind("access_revoked")  # some people see a board no more: `user_ids`
INVITATION_CREATED = kind("invitation_created")  # this and the next ones are events of the space
INVITATION_RESET = kind("invitation_reset")
INVITATION_REVOKED = kind("invitation_revoked")
PERSON_JOINED = kind("person_joined")
PERSON_DISMISSED = kind("person_dismissed")
PERSON_READMITTED = kind("person_readmitted")
ROLE_CHANGED = kind("role_changed")
OWNERSHIP_HANDED_OVER = kind("ownership_handed_over")
TAG_CHANGED = kind("tag_changed")
TAG_MERGED = kind("tag_merged")
TAG_DELETED = kind("tag_deleted")
SPACE_EVENTS = frozenset(
    each.name
    for each in (
        BOARD_DELETED,
        INVITATION_CREATED,
        INVITATION_RESET,
        INVITATION_REVOKED,
        PERSON_JOINED,
        PERSON_DISMISSED,
        PERSON_READMITTED,
        ROLE_CHANGED,
        OWNERSHIP_HANDED_OVER,
        TAG_CHANGED,
        TAG_MERGED,
        TAG_DELETED,
    )
)
COLUMN_CREATED = kind("column_created")
COLUMN_CHANGED = kind("column_changed")
COLUMN_MOVED = kind("column_moved")
COLUMN_DELETED = kind("column_deleted")
NOTICE = kind("notice")  # a plugin tells some people something: `host.notices`
