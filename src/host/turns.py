"""Whose turn it is to write to SQLite, among the threads of this process: who asks first goes first.

SQLite has those who want to write look again after pauses that grow to 100 ms, and whoever looks at the right moment is
next. One thread that writes again and again would keep the others out for as long as it likes.
"""

from collections import deque
from dataclasses import dataclass, field
from threading import Event, RLock, get_ident


@dataclass(eq=False)
class Turn:
    owner: object
    thread: int = field(default_factory=get_ident)
    came: Event = field(default_factory=Event)


class Turns:
    def __init__(self) -> None:
        self._guard = RLock()  # a connection that nobody holds any more comes back wherever its thread is just then
        self._now: Turn | None = None
        self._later: deque[Turn] = deque()

    @property
    def waiting(self) -> int:
        """How many wait for theirs."""
        return len(self._later)

    def take(self, owner: object, timeout: float) -> bool:
        """Wait for the owner's turn, for at most so many seconds; whether it has come. Where this thread has the turn
        for another owner there is none: it would wait for itself."""
        mine = Turn(owner)
        with self._guard:
            if self._now is None:
                self._now = mine
            if self._now.owner is owner:
                return True
            if self._now.thread == mine.thread:
                return False
            self._later.append(mine)
        return mine.came.wait(timeout) or not self._leave(mine)

    def give(self, owner: object) -> None:
        """End the owner's turn, whatever became of it: also one that is still waited for by a thread that was
        interrupted. The next begins at once. Any thread may do so, and for an owner that has none."""
        with self._guard:
            self._later = deque(turn for turn in self._later if turn.owner is not owner)
            if self._now is not None and self._now.owner is owner:
                self._now = self._later.popleft() if self._later else None
                if self._now is not None:
                    self._now.came.set()

    def _leave(self, mine: Turn) -> bool:
        """Wait no longer; False when the turn came at this very moment."""
        with self._guard:
            self._later = deque(turn for turn in self._later if turn is not mine)
            return not mine.came.is_set()
