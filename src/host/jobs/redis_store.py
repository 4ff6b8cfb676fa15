"""Huey's store in a Redis or a Valkey. To be imported only where the package `redis` is installed."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from queue import Empty, SimpleQueue
from threading import Lock
from typing import Any, TypeVar

from huey.api import Huey
from huey.storage import MemoryStorage, RedisStorage
from redis import ConnectionError as Unreachable
from redis import ConnectionPool, Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from host.errors import Fault
from host.i18n import _

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")

LOOKS_AGAIN = 2  # seconds
# A ring, and with it somebody's request, waits no longer for a server that is silent. A connection that the server has
# closed meanwhile is made anew at once; redis-py's own patience would be seconds.
PATIENCE = {"socket_connect_timeout": 2, "socket_timeout": 3, "retry": Retry(NoBackoff(), 1, (Unreachable,))}


def redis_huey(name: str, url: str) -> Huey:
    """Raises Fault when no server answers there. The address may hold a password, so it is not said back."""
    try:
        pool = ConnectionPool.from_url(url, **PATIENCE)
        Redis(connection_pool=pool).ping()
    except RedisError as error:
        said = " ".join(str(error).split()).rstrip(".")
        raise Fault(_("Huey's store in Redis cannot be used: %(error)s.", error=said)) from error
    except (TypeError, ValueError) as error:  # a port that is no number, an option that there is not
        raise Fault(_("FALLOW_HUEY_URL cannot be read; one for Redis is like redis://localhost:6379/0.")) from error
    return Huey(name, results=False, storage_class=SteadyRedisStorage, connection_pool=pool)


class Away(Exception):  # noqa: N818 -- not an error here
    """The server does not answer, or not as it should."""


class SteadyRedisStorage(RedisStorage):  # type: ignore[misc]
    """While the server is away, what this process rings for stays in its memory: the tick goes on, nobody waits, and
    the log has one line instead of one for each look of each thread."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._guard = Lock()
        self._away = False
        self._looks_at = 0.0  # of the monotonic clock; not before
        self._forget()

    def enqueue(self, data: bytes, priority: float | None = None) -> None:
        try:
            self._ask(super().enqueue, data, priority)
        except Away:
            self._here.put(data)

    def dequeue(self) -> bytes | None:
        """Waits up to `read_timeout` seconds, be the server there or not."""
        try:
            if not self._here.empty():
                return self._here.get_nowait()
            return self._ask(self._pop_or_wait)
        except Away:
            return self._wait_here()
        except Empty:  # another thread was faster
            return None

    def queue_size(self) -> int:
        try:
            return int(self._ask(super().queue_size))
        except Away:
            return self._here.qsize()

    def add_to_schedule(self, data: bytes, ts: datetime) -> None:
        try:
            self._ask(super().add_to_schedule, data, ts)
        except Away:
            self._later.add_to_schedule(data, ts)

    def read_schedule(self, ts: datetime) -> list[bytes]:
        due: list[bytes] = self._later.read_schedule(ts)
        with suppress(Away):
            due += self._ask(super().read_schedule, ts)
        return due

    def peek_many(self, _keys: list[str]) -> dict[str, bytes]:
        """Huey looks here before each task for whether it was called off, which ours never are."""
        return {}

    def delete_data(self, _key: str) -> bool:
        """After each task, for the same reason."""
        return False

    def convert_ts(self, ts: datetime) -> float:
        """Huey reads its UTC by the machine's zone, so that machines in two zones would not understand each other."""
        return ts.replace(tzinfo=UTC).timestamp()

    def close(self) -> None:
        """What other threads are using is let be."""
        self.pool.disconnect(inuse_connections=False)
        self._forget()

    def _forget(self) -> None:
        self._here: SimpleQueue[bytes] = SimpleQueue()
        self._later = MemoryStorage()

    def _pop_or_wait(self) -> bytes | None:
        """Huey's own takes a server that is silent for one that has nothing."""
        found = self.conn.brpop(self.queue_key, timeout=self.read_timeout)
        return found[1] if found else None

    def _wait_here(self) -> bytes | None:
        try:
            return self._here.get(timeout=self.read_timeout)
        except Empty:
            return None

    def _ask(self, call: Callable[..., Answer], *args: Any) -> Answer:
        """Raises Away, and for a while without asking."""
        if time.monotonic() < self._looks_at:
            raise Away
        try:
            answer = call(*args)
        except RedisError as error:
            self._went(error)
            raise Away from error
        self._came()
        return answer

    def _went(self, error: RedisError) -> None:
        with self._guard:
            self._looks_at = time.monotonic() + LOOKS_AGAIN
            if not self._away:
                log.warning("Huey's Redis is away: %s; the next tick finds what is due elsewhere", error)
            self._away = True

    def _came(self) -> None:
        with self._guard:
            if self._away:
                log.warning("Huey's Redis is back")
            self._away = False
