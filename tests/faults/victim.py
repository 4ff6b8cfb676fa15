"""A worker that is killed at a chosen moment of a target's life: kill -9, by itself or by the network that it asks."""

import os
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import event, text

from host.db import Session, db
from host.jobs import drain, schedule
from host.jobs.heal import heal
from plugins.publishing import publishing
from plugins.publishing.planning import sweep

STATE = text("SELECT state FROM publishing_target")
# Seconds that the network is given, where nothing may be waited for.
PATIENCE = 1.0
POINTS = ("before sending", "after sending", "before its outcome", "after its outcome")


@dataclass
class Moments:
    """Counts the commits of a life and calls `reached` with each: `before sending`, `after sending`, and so on, by the
    state that the commit leaves the target in."""

    reached: Callable[[str], None]
    state: str = ""

    def watch(self) -> None:
        event.listen(Session, "before_commit", self._before)
        event.listen(Session, "after_commit", self._after)

    def _before(self, session: Session) -> None:
        if session.in_nested_transaction():
            return
        session.flush()
        self.state = session.connection().scalar(STATE) or ""
        self.reached(f"before {self.state}")

    def _after(self, _session: Session) -> None:
        if self.state:
            self.reached(f"after {self.state}")
            self.state = ""


def live(
    app: Flask,
    reached: Callable[[str], None] = lambda _moment: None,
    *,
    started: Callable[[int], None] = lambda _child: None,
) -> int:
    """Do all that is due, in a process of its own; its exit code, negative where it was killed."""
    db.session.rollback()
    ready, go = os.pipe()
    child = os.fork()
    if not child:
        os.read(ready, 1)
        os._exit(_work(app, reached))
    started(child)
    os.write(go, b".")
    os.close(go)
    os.close(ready)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def at(point: str) -> Callable[[str], None]:
    """Die at this one of the POINTS."""
    sent: list[str] = []

    def reached(moment: str) -> None:
        when, _, state = moment.partition(" ")
        was_sent = bool(sent)
        if moment == "after sending":
            sent.append(moment)
        is_outcome = was_sent and state != "sending"
        if point == moment or (is_outcome and point == f"{when} its outcome"):
            die()

    return reached


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _work(app: Flask, reached: Callable[[str], None]) -> int:
    try:
        with app.app_context():
            db.engine.dispose(close=False)  # its connections are our parent's
            publishing.SECONDS = publishing.CONNECT_SECONDS = PATIENCE
            heal()
            schedule(sweep)
            db.session.commit()
            Moments(reached).watch()
            drain()
    except BaseException:  # noqa: BLE001 -- nothing may leave this process but its exit code
        traceback.print_exc()
        return 1
    return 0
