"""Whose turn it is to write to SQLite, among the threads of this process: who asks first goes first.

SQLite has those who want to write look again after pauses that grow to 100 ms, and whoever looks at the right moment is
next. One thread that writes again and again would keep the others out for as long as it likes.
"""

from collections import deque
from threading import Event, Lock, get_ident


class Turns:
    def __init__(self) -> None:
        self._guard = Lock()
        self._holder: int | None = None
        self._waiting: deque[tuple[int, Event]] = deque()

    @property
    def waiting(self) -> int:
        """How many threads wait for theirs."""
        return len(self._waiting)

    def take(self, timeout: float) -> bool:
        """Wait for this thread's turn, for at most so many seconds; whether it has come. A thread that has the turn
        already does not get a second one: it would wait for itself."""
        me, mine = get_ident(), Event()
        with self._guard:
            if self._holder is None:
                self._holder = me
                return True
            if self._holder == me:
                return False
            self._waiting.append((me, mine))
        return mine.wait(timeout) or not self._leave(me, mine)

    def give(self) -> None:
        """End a turn that `take` has given; the next begins at once. Any thread may do so."""
        with self._guard:
            if self._waiting:
                self._holder, its_turn = self._waiting.popleft()
                its_turn.set()
            else:
                self._holder = None

    def _leave(self, me: int, mine: Event) -> bool:
        """Wait no longer; False when the turn came at this very moment."""
        with self._guard:
            if mine.is_set():
                return False
            self._waiting.remove((me, mine))
            return True
