"""This process as a worker: its name, the lock that tells others that it lives, and the jobs in its hands."""

import os
import re
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from filelock import FileLock
from flask import current_app

from host.jobs.claim import Claim
from host.jobs.lock import lock_of, remove


class Presence:
    """One for each app in a process."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.name = f"{_machine()}-{os.getpid()}-{secrets.token_hex(4)}"
        self.stopping = threading.Event()
        self.news = threading.Event()  # a job began or ended since pages were last told
        self.failed_told: int | None = None  # how many jobs had failed then
        self._lock: FileLock | None = None
        self._guard = threading.Lock()
        self._in_hand: dict[int, Claim] = {}
        self._lost_threads: set[int] = set()

    def enter(self) -> None:
        """Be known as alive; nothing happens if it is already."""
        with self._guard:
            if self._lock is None:
                lock = lock_of(self.data, self.name)
                Path(lock.lock_file).parent.mkdir(parents=True, exist_ok=True)
                lock.acquire()
                self._lock = lock

    def leave(self) -> None:
        """Give up the lock; only with empty hands, for what is in hand may be taken over from now on."""
        with self._guard:
            lock, self._lock = self._lock, None
        if lock is not None:
            lock.release()
            remove(self.data, self.name)

    def take(self, claims: Iterable[Claim]) -> None:
        """Take jobs in hand; before the claim commits, so that no row in this worker's name is ever without a hand."""
        with self._guard:
            self._in_hand.update((claim.job_id, claim) for claim in claims)
        self.news.set()

    def drop(self, claims: Iterable[Claim]) -> None:
        with self._guard:
            for claim in claims:
                self._drop(claim)
        self.news.set()

    def lose(self, claim: Claim) -> None:
        """Drop a job that hangs, and its thread with it."""
        with self._guard:
            self._drop(claim)
            self._lost_threads.add(claim.thread)
        self.news.set()

    def is_lost(self, thread: int | None) -> bool:
        """Whether a job keeps this thread for good."""
        return thread in self._lost_threads

    def forget_thread(self, thread: int | None) -> None:
        """It has been replaced; the system may give its number to another."""
        with self._guard:
            self._lost_threads.discard(thread or 0)

    def begin(self, claim: Claim) -> bool:
        """Begin a job; False when it was given back meanwhile."""
        with self._guard:
            held = self._in_hand.get(claim.job_id) is claim
            if held:
                claim.begin()
            return held

    def end(self, claim: Claim) -> None:
        """The task has ended, and what came of it is written: from now on nobody interrupts it."""
        with self._guard:
            claim.ending = True

    def interrupt(self, claim: Claim, by: Callable[[int], object]) -> None:
        """Call `by` with the job's thread if its task still runs there: it must hit neither its end nor another."""
        with self._guard:
            if self._in_hand.get(claim.job_id) is claim and not claim.ending:
                by(claim.thread)

    def take_out_unbegun(self, after: float = 0) -> list[Claim]:
        """What has been waiting for that many seconds behind another job of its batch; no longer in hand."""
        latest = time.monotonic() - after
        with self._guard:
            found = [each for each in self._in_hand.values() if each.begun_at is None and each.claimed <= latest]
            for claim in found:
                del self._in_hand[claim.job_id]
        return found

    def overdue(self, by: float = 0) -> list[Claim]:
        """What has gone on for so many seconds past its time limit."""
        return [claim for claim in self.in_hand() if claim.overdue > by]

    def in_hand(self) -> list[Claim]:
        with self._guard:
            return list(self._in_hand.values())

    def _drop(self, claim: Claim) -> None:
        """One that was lost may have been claimed anew by another thread of ours; that claim is not this one's."""
        if self._in_hand.get(claim.job_id) is claim:
            del self._in_hand[claim.job_id]


def presence() -> Presence:
    """The running app's."""
    found: Presence = current_app.extensions["fallow.jobs"]
    return found


def _machine() -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", socket.gethostname())[:60] or "here"
