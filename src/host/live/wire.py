"""How messages get from a transaction to the process that holds the pages' streams."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from flask import Flask, current_app
from sqlalchemy import delete, func, insert, select

from host.clock import now
from host.db import db
from host.live.letter import KEPT, Letter
from host.live.message import Message

if TYPE_CHECKING:
    from host.live.hub import Hub

CHANNEL = "fallow_live"
EXTENSION = "fallow_live"


class Wire(Protocol):
    def write(self, messages: Sequence[Message]) -> None:
        """Inside the transaction: what is written goes out with the commit, or never."""

    def send(self, messages: Sequence[Message]) -> None:
        """After the commit. Never raises."""


class Notifications:
    """PostgreSQL's NOTIFY, which it delivers at the commit to whoever listens; our own process listens too."""

    def write(self, messages: Sequence[Message]) -> None:
        for message in messages:
            for text in message.encoded():
                db.session.execute(select(func.pg_notify(CHANNEL, text)))

    def send(self, messages: Sequence[Message]) -> None:
        """It is on its way."""


class Letters:
    """Rows of a table, for a process on SQLite that holds no stream itself, such as a worker or a command."""

    def write(self, messages: Sequence[Message]) -> None:
        at = now()
        db.session.execute(delete(Letter).where(Letter.at < at - KEPT))
        rows = [{"at": at, "message": text} for message in messages for text in message.encoded()]
        db.session.execute(insert(Letter), rows)

    def send(self, messages: Sequence[Message]) -> None:
        """The server looks into the table."""


@dataclass
class Direct:
    """To the hub of this very process."""

    hub: "Hub"

    def write(self, messages: Sequence[Message]) -> None:
        """Nothing is owed to other processes: on SQLite one holds all streams."""

    def send(self, messages: Sequence[Message]) -> None:
        for message in messages:
            self.hub.publish(message)


@dataclass
class Live:
    """What this program does about live updates: `live()`."""

    wire: Wire
    hub: "Hub | None" = None


def live() -> Live:
    """The running app's."""
    found: Live = current_app.extensions[EXTENSION]
    return found


def init(app: Flask) -> None:
    """Begin without a hub."""
    on_sqlite = app.extensions["fallow"].config.on_sqlite
    app.extensions[EXTENSION] = Live(Letters() if on_sqlite else Notifications())


def take(app: Flask, hub: "Hub") -> None:
    """From now on this process holds streams."""
    on_sqlite = app.extensions["fallow"].config.on_sqlite
    app.extensions[EXTENSION] = Live(Direct(hub) if on_sqlite else Notifications(), hub)
