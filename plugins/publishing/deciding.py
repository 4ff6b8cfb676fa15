"""What becomes of a target, by what came of asking its network: the state machine's one table.

Each outcome is written in one transaction with all that follows from it in our own tables. Nothing here sends.
"""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import singledispatch

from host import now
from plugins.publishing import telling
from plugins.publishing.outcomes import (
    Absent,
    Ask,
    Held,
    Later,
    LookAgain,
    Published,
    Refused,
    Renew,
    Unknown,
)
from plugins.publishing.part import Part, PartState
from plugins.publishing.planning import plan
from plugins.publishing.policy import Policy
from plugins.publishing.states import State
from plugins.publishing.target import Target

AGAIN = (1, 5, 15, 60)  # minutes; from then on every hour
JITTER = 0.2
PATIENCE = timedelta(days=1)  # with a network that cannot tell whether it is there


def decide(target: Target, part: Part, came: object) -> None:
    """Write down what came of it, and when something is to be done next."""
    _decide(came, target, part)
    plan(target)
    telling.tell(target)


def stumble(target: Target, why: str) -> None:
    """We failed ourselves, nobody knows where. It comes again, later and later, in a job of its own; what may be out is
    looked for then, as after the death of a worker."""
    at = now() + delay_after(target.tries)
    part = next((each for each in target.parts if each.state in (PartState.SENDING, PartState.UNCONFIRMED)), None)
    if part is not None:
        part.end_attempts(Unknown(why))
        part.state = PartState.UNCONFIRMED
        _wait_for_word(target, part, why, at)
    else:
        _wait(target, why, at)
    target.tries += 1
    plan(target)
    telling.tell(target)


@singledispatch
def _decide(came: object, target: Target, part: Part) -> None:  # noqa: ARG001
    raise TypeError(f"{came!r} is no outcome")


@_decide.register
def _published(came: Published, target: Target, part: Part) -> None:
    part.came_out(came)
    target.connection.spoke()
    target.note = came.note or target.note
    if all(each.state is PartState.PUBLISHED for each in target.parts):
        target.go(State.PUBLISHED, published_at=now(), url=target.parts[0].url, gone=came.gone)
    else:  # the next part of the thread has its turn
        target.go(State.SCHEDULED, next_at=now(), tries=0)


@_decide.register
def _later(came: Later, target: Target, part: Part) -> None:
    target.connection.be_quiet(came)
    at = came.at or now() + delay_after(target.tries)
    target.tries += came.counts
    if part.state is PartState.UNCONFIRMED:
        _wait_for_word(target, part, came.why, at)
        return
    part.state = PartState.WAITING
    _wait(target, came.why, at)


@_decide.register
def _refused(came: Refused, target: Target, part: Part) -> None:
    part.thaw()
    target.go(State.FAILED, came.why, duplicate=came.duplicate)


@_decide.register
def _held(came: Held, target: Target, part: Part) -> None:
    news = not target.connection.is_held
    target.connection.hold(came)
    if part.state is PartState.UNCONFIRMED:
        target.go(State.UNCONFIRMED, came.why)  # looked at again once the connection is back
    else:
        part.state = PartState.WAITING
        target.go(State.HELD, came.why)
    if news:
        telling.tell_of_connection(target.connection)


@_decide.register
def _renew(came: Renew, target: Target, part: Part) -> None:
    """A renewed token was refused as well."""
    _held(Held(came.why), target, part)


@_decide.register
def _unknown(came: Unknown, target: Target, part: Part) -> None:
    part.state = PartState.UNCONFIRMED
    target.go(State.UNCONFIRMED, came.why, next_at=now())


@_decide.register
def _absent(came: Absent, target: Target, part: Part) -> None:
    if Policy.of(target.account_id).always_ask:
        _ask(Ask(came.why), target, part)
        return
    part.state = PartState.WAITING
    target.go(State.SCHEDULED, came.why, next_at=now())


@_decide.register
def _look_again(came: LookAgain, target: Target, part: Part) -> None:
    part.state = PartState.UNCONFIRMED
    part.looks += came.looked
    _wait_for_word(target, part, target.why or "", now() + came.after)


@_decide.register
def _ask(came: Ask, target: Target, part: Part) -> None:
    part.state = PartState.UNCONFIRMED
    target.go(State.UNCONFIRMED, came.why, asks=True)


def _wait(target: Target, why: str, at: datetime) -> None:
    """Until then, unless that is too late."""
    if target.due_at is not None and at > target.due_at + Policy.of(target.account_id).grace:
        target.go(State.MISSED, why)
    else:
        target.go(State.SCHEDULED, why, next_at=at)


def _wait_for_word(target: Target, part: Part, why: str, at: datetime) -> None:
    """Look at that time; whoever cannot tell for a day will not tell at all, so its author is asked."""
    if now() - part.first_sent_at > PATIENCE:
        target.go(State.UNCONFIRMED, why, asks=True)
    else:
        target.go(State.UNCONFIRMED, why, next_at=at)


def delay_after(tries: int, chance: Callable[[], float] = random.random) -> timedelta:
    """The wait after so many tries that came to nothing, spread so that many do not come back at once."""
    minutes = AGAIN[min(tries, len(AGAIN) - 1)]
    return timedelta(minutes=minutes * (1 + JITTER * (2 * chance() - 1)))


def is_late(target: Target, at: datetime) -> bool:
    return target.due_at is not None and at > target.due_at + Policy.of(target.account_id).grace
