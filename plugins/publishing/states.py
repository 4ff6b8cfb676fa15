"""The states of a target, and what they make of its post (product.md, "Publishing")."""

from collections.abc import Iterable
from enum import StrEnum


class State(StrEnum):
    """Of a post on one connection."""

    DRAFT = "draft"
    NEEDS_APPROVAL = "needs_approval"
    SCHEDULED = "scheduled"
    HELD = "held"  # its connection cannot publish
    CLAIMED = "claimed"  # a worker makes it ready; nothing has been sent
    SENDING = "sending"  # from now on it may be out
    PUBLISHED = "published"
    FAILED = "failed"  # it is not out
    CANCELLED = "cancelled"
    MISSED = "missed"  # its time went by
    UNCONFIRMED = "unconfirmed"  # nobody knows whether it is out


# Nothing happens to these without a person.
IDLE = frozenset({State.DRAFT, State.NEEDS_APPROVAL, State.FAILED, State.CANCELLED, State.MISSED})
# What is in a worker's hands, or may be out.
BUSY = frozenset({State.CLAIMED, State.SENDING, State.UNCONFIRMED})


class Status(StrEnum):
    """Of a post."""

    DRAFT = "draft"
    NEEDS_APPROVAL = "needs_approval"
    SCHEDULED = "scheduled"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    PARTLY_PUBLISHED = "partly_published"
    FAILED = "failed"
    MISSED = "missed"
    CANCELLED = "cancelled"
    UNCONFIRMED = "unconfirmed"


def status(states: Iterable[State]) -> Status:
    """What is to be seen to comes first, and what a person took back counts only where there is nothing else."""
    found = set(states)
    left = found - {State.CANCELLED}
    if not left:
        return Status.CANCELLED if found else Status.DRAFT
    return next((says for any_of, says in LOUDEST if left & any_of), None) or _settled(left)


LOUDEST = (
    ({State.UNCONFIRMED}, Status.UNCONFIRMED),
    ({State.CLAIMED, State.SENDING}, Status.PUBLISHING),
)


def _settled(left: set[State]) -> Status:
    if State.PUBLISHED in left:
        return Status.PUBLISHED if left == {State.PUBLISHED} else Status.PARTLY_PUBLISHED
    for state, says in (
        (State.FAILED, Status.FAILED),
        (State.MISSED, Status.MISSED),
        (State.SCHEDULED, Status.SCHEDULED),
        (State.HELD, Status.SCHEDULED),
        (State.NEEDS_APPROVAL, Status.NEEDS_APPROVAL),
    ):
        if state in left:
            return says
    return Status.DRAFT
