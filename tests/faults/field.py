"""A plugin whose jobs are broken off at every moment, the processes that run them, and the outside that they reach."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread

from flask import Flask
from sqlalchemy import ColumnElement, func, select, text

from host.db import db
from host.jobs import Job, JobState, schedule
from host.jobs.known import tasks

# A row in one step, in two with a commit between, with another job asked for, and with an effect on the outside that is
# claimed before and looked for after a crash.
FIELD = """
import os
import time
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from sqlalchemy import text

from host import Periodic, Plugin, checkpoint, current_job, db, every, hookimpl, schedule, task

PLUGIN = Plugin("field", title="Field")


def sow(what):
    db.session.execute(text("INSERT INTO field_row (what) VALUES (:what)"), {"what": what})


def sown(what):
    return db.session.scalar(text("SELECT count(*) FROM field_row WHERE what = :what"), {"what": what})


@task("field.plain", attempts=100)
def plain(number):
    sow(f"plain {number}")
    time.sleep(0.01)
    sow(f"plain {number}, end")


@task("field.staged", attempts=100)
def staged(number):
    for stage in ("first", "second"):
        if not sown(f"staged {number}, {stage}"):
            sow(f"staged {number}, {stage}")
        checkpoint()
        time.sleep(0.01)
    sow(f"staged {number}, end")


@task("field.asking", attempts=100)
def asking(number):
    sow(f"asking {number}")
    schedule(plain, number=f"{number} asked for")
    time.sleep(0.01)


@task("field.sending", attempts=100)
def sending(number):
    address = f"{os.environ['FIELD_OUTSIDE']}/{current_job().job_id}"
    tried = sown(f"sending {number}")
    if not tried:
        sow(f"sending {number}")
    checkpoint()
    if not (tried and there(address)):
        urlopen(Request(address, data=b"", method="POST"), timeout=30).close()
    sow(f"sending {number}, end")


def there(address):
    try:
        urlopen(address, timeout=30).close()
    except HTTPError:
        return False
    return True


@task("field.round", attempts=100)
def round_():
    sow("round")
    time.sleep(0.05)
    return "went round"


@hookimpl
def register_tasks():
    return [plain, staged, asking, sending, Periodic(every(minutes=1), round_, title="Go round")]
"""
KINDS = ("plain", "staged", "asking", "sending")


@dataclass
class Outside:
    """A server that counts what reaches it, by address."""

    url: str = ""
    counted: Counter[str] = field(default_factory=Counter)
    guard: Lock = field(default_factory=Lock)


@contextmanager
def outside() -> Iterator[Outside]:
    told = Outside()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            with told.guard:
                told.counted[self.path] += 1
            self._answer(201)

        def do_GET(self) -> None:
            with told.guard:
                known = told.counted[self.path] > 0
            self._answer(200 if known else 404)

        def _answer(self, code: int) -> None:
            self.send_response(code)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_said: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()


def plant(data: Path) -> None:
    """Put the plugin into the data folder."""
    package = data / "plugins" / "field"
    package.mkdir(parents=True, exist_ok=True)
    (package / "__init__.py").write_text(FIELD)


def process(app: Flask, *command: str, url: str = "", plugins: str = "field") -> "subprocess.Popen[bytes]":
    """`fallow …` as a process of its own, that writes to one log."""
    config = app.extensions["fallow"].config
    told = {"FALLOW_DATABASE_URL": config.database_url, "FALLOW_PLUGINS": plugins, "FIELD_OUTSIDE": url}
    told["FALLOW_CLOCK_FILE"] = str(config.data / "clock")
    line = [sys.executable, "-m", "host", "--data", str(config.data), *command]
    with log_of(app).open("ab") as log:
        return subprocess.Popen(line, env={**os.environ, **told}, stdout=log, stderr=log)


def log_of(app: Flask) -> Path:
    data: Path = app.extensions["fallow"].config.data
    return data / "processes.log"


def ask(first: int, count: int, kinds: Sequence[str] = KINDS) -> None:
    """Ask for so many jobs, numbered from `first`."""
    known = tasks()
    for number in range(first, first + count):
        schedule(known[f"field.{kinds[number % len(kinds)]}"], number=number)
    db.session.commit()


def expected(count: int) -> Counter[str]:
    """The rows that jobs numbered up to `count` leave."""
    rows: Counter[str] = Counter()
    for number in range(count):
        rows.update(
            {
                0: [f"plain {number}", f"plain {number}, end"],
                1: [f"staged {number}, {stage}" for stage in ("first", "second", "end")],
                2: [f"asking {number}", f"plain {number} asked for", f"plain {number} asked for, end"],
                3: [f"sending {number}", f"sending {number}, end"],
            }[number % 4]
        )
    return rows


def rows() -> Counter[str]:
    """What there is, but for the rounds of the periodic task."""
    found = Counter(db.session.scalars(text("SELECT what FROM field_row WHERE what <> 'round'")))
    db.session.commit()
    return found


def count(*which: ColumnElement[bool]) -> int:
    """Of jobs."""
    found = db.session.scalar(select(func.count(Job.id)).where(*which))
    db.session.commit()
    return found or 0


def ended() -> int:
    return count(Job.state == JobState.DONE)


def unfinished() -> int:
    return count(Job.state != JobState.DONE)
