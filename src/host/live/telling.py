"""When pages are told: with each commit, and of what a job does in many small ones a few times a second."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from host import eventlog
from host.db import Session
from host.db import session as running
from host.eventlog import Recorded
from host.live import after_events
from host.live.audience import Audience, addressed
from host.live.publish import WAITING
from host.live.wire import live

EVERY = 0.25  # seconds; to find out who may see what costs as much as a small batch itself
HAPPENED = "live_happened"  # events of the running transaction
READY = "live_ready"  # messages of the committing one
SOON_AGAIN = "live_soon_again"


@dataclass
class Owed:
    """What a session has yet to tell of. A rollback leaves it: it was committed before."""

    happened: list[Recorded] = field(default_factory=list)
    topics: dict[tuple[int, str], Audience] = field(default_factory=dict)
    told: float = -math.inf  # monotonic

    @property
    def just_told(self) -> bool:
        return time.monotonic() - self.told < EVERY

    def take(self, session: Session) -> None:
        """What the committing transaction has to say."""
        self.happened += session.info.pop(HAPPENED, ())
        self._take_topics(session)

    def publish(self, session: Session) -> None:
        """Make topics of the events."""
        after_events.publish(self.happened)
        self._take_topics(session)

    def settle(self) -> None:
        """It is told."""
        self.happened, self.topics, self.told = [], {}, time.monotonic()

    def _take_topics(self, session: Session) -> None:
        for topic, audience in session.info.pop(WAITING, {}).items():
            self.topics.setdefault(topic, Audience()).add(audience)


_owed: WeakKeyDictionary[Session, Owed] = WeakKeyDictionary()


def soon_again() -> None:
    """The running transaction is one of many small ones: pages may hear of it with one of the next."""
    running().info[SOON_AGAIN] = True


def hear(recorded: Sequence[Recorded]) -> None:
    """Of everything, just before the commit."""
    running().info.setdefault(HAPPENED, []).extend(recorded)


def address(session: Session) -> None:
    """Before the commit, after everybody has spoken."""
    owed = _owed.setdefault(session, Owed())
    owed.take(session)
    if session.info.pop(SOON_AGAIN, False) and owed.just_told:
        return
    owed.publish(session)
    if owed.topics:
        session.info[READY] = messages = addressed(owed.topics)
        live().wire.write(messages)


def send(session: Session) -> None:
    """After the commit."""
    messages = session.info.pop(READY, None)
    if messages is not None:
        _owed[session].settle()
        live().wire.send(messages)


eventlog.listeners.append(hear)
Session.before_commit.append(address)
Session.after_commit.append(send)
