"""Messages from other processes, brought to this one's hub by a thread."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from host.db import db, reading
from host.live.hub import Hub
from host.live.letter import Letter
from host.live.message import Message
from host.live.wire import CHANNEL

log = logging.getLogger(__name__)

LOOK = 0.5  # seconds between two looks into the table, while anyone listens
AGAIN = 1.0  # seconds after a failure


class Source(threading.Thread):
    """Listens until it is stopped; after a failure it begins anew and has all pages ask again."""

    def __init__(self, app: Flask, hub: Hub) -> None:
        super().__init__(name="live", daemon=True)
        self.app = app
        self.hub = hub
        self.stopped = threading.Event()

    def run(self) -> None:
        while not self.stopped.is_set():
            try:
                self.listen()
            except Exception:
                log.exception("live updates from other processes are interrupted")
                self.stopped.wait(AGAIN)
                self.hub.publish_lost()

    def stop(self) -> None:
        self.stopped.set()
        self.join(LOOK + AGAIN)

    def listen(self) -> None:
        """Return when stopped, raise when it cannot go on."""
        raise NotImplementedError


class Mailbox(Source):
    """The table of letters, on SQLite."""

    def listen(self) -> None:
        last = self.last()
        while not self.stopped.wait(LOOK):
            if self.hub.streams:
                last = self.deliver_after(last)

    def deliver_after(self, last: int) -> int:
        """Hand over what came after the letter of this id; the id of the newest."""
        for number, text in self._after(last):
            if number > last + 1:  # letters went unread, and are thrown away after a minute
                self.hub.publish_lost()
            self.hub.publish(Message.decoded(text))
            last = number
        return last

    def last(self) -> int:
        """The id of the newest letter, 0 for none."""
        with self.app.app_context(), reading():
            return db.session.scalar(select(func.max(Letter.id))) or 0

    def _after(self, last: int) -> list[tuple[int, str]]:
        """Index: the primary key."""
        letters = select(Letter.id, Letter.message).where(Letter.id > last).order_by(Letter.id)
        with self.app.app_context(), reading():
            return [(number, text) for number, text in db.session.execute(letters)]


class Listening(Source):
    """PostgreSQL's LISTEN."""

    def listen(self) -> None:
        with self._connection() as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            while not self.stopped.is_set():
                for notification in connection.notifies(timeout=LOOK):
                    self.hub.publish(Message.decoded(notification.payload))

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        """One of our own: kept out of the pool, since it is never given back."""
        with self.app.app_context():
            pooled = db.engine.raw_connection()
        connection: Any = pooled.driver_connection
        pooled.detach()
        try:
            connection.autocommit = True
            yield connection
        finally:
            connection.close()


def source(app: Flask, hub: Hub) -> Source:
    """What this program's database offers."""
    return Mailbox(app, hub) if app.extensions["fallow"].config.on_sqlite else Listening(app, hub)
