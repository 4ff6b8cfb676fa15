"""How soon a job begins after it was asked for, and how many empty ones are done in a second, beside plain Huey.

Latency is measured in one process, as on a desktop: from just before the commit to the first line of the task; at rest,
under a steady load that keeps the workers busy for a good part of the time, and for the last ones of a burst, which
have to wait for the others. Huey's own tasks have none of what a job has (a row, a lease, a fence, a run that is undone
with its effects); they lie in the same kind of store, and are run by the same number of threads. PostgreSQL is one of
this machine's own, as it is when it is installed.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from statistics import median, quantiles
from time import monotonic, perf_counter, sleep

from field import folder, program, waiting_jobs
from flask import Flask
from huey.api import Huey
from huey.consumer import Consumer as HueyConsumer
from store import Sqlite, Store, postgres
from table import Row

from host.clock import now
from host.db import db
from host.jobs import Job, JobState, Task, schedule
from host.jobs.consumer import start
from host.plugging import Loaded
from host.plugging.checks import Declared

THREADS = 2
AT_REST, UNDER_LOAD, BURST, EMPTY = 100, 600, 200, 5_000  # jobs
PAUSE = 0.02  # seconds between two that are asked for, so that each meets an idle worker
LOADED = 1 / 200  # seconds: so many a second that none waits for long
WAITING = 100_000


def measure() -> list[Row]:
    with postgres() as server:
        return [_row(store, ahead) for store in (Sqlite(), server) for ahead in (0, WAITING)]


def _row(store: Store, ahead: int) -> Row:
    with folder() as data, program(data, (), store.new()) as app:
        began: dict[int, float] = {}
        note = Task("bench.note", lambda number: began.setdefault(number, perf_counter()) and None)
        empty = Task("bench.empty", lambda: None)
        with _declared(app, note, empty):
            waiting_jobs(ahead, at=now() + timedelta(days=1), task=empty.name)
            consumer = start(app, THREADS)
            rest, load, burst = (
                _latencies(note, began, *asked) for asked in ((AT_REST, PAUSE), (UNDER_LOAD, LOADED), (BURST, 0))
            )
            rate = _rate(empty)
            consumer.stop(30)
        huey = _huey_rate(store.huey(data))  # right after, so that both find the machine in the same mood
    return {
        "on": store.name,
        "scheduled beside": f"{ahead:,}",
        "at rest p50, ms": median(rest),
        "p95": _p95(rest),
        f"{round(1 / LOADED)} a second p50, ms": median(load),
        "p95 ": _p95(load),
        f"burst of {BURST} p95, ms": _p95(burst),
        "empty jobs a second": round(rate),
        "Huey's": round(huey),
        "ratio": rate / huey,
    }


@contextmanager
def _declared(app: Flask, *tasks: Task) -> Iterator[None]:
    declared = Loaded("bench", "bench", "folder", standing="on", declared=Declared(tasks=tasks))
    app.extensions["fallow"].plugins.found["bench"] = declared
    yield


def _latencies(note: Task, began: dict[int, float], count: int, pause: float) -> list[float]:
    """In milliseconds."""
    asked = {}
    for number in range(count):
        schedule(note, number=number)
        asked[number] = perf_counter()
        db.session.commit()
        sleep(max(pause - (perf_counter() - asked[number]), 0))
    _until(lambda: len(began) == count)
    found = [1000 * (began[number] - asked[number]) for number in asked]
    began.clear()
    return found


def _rate(empty: Task) -> float:
    """From when all are there to when all are done, in jobs a second."""
    done = db.select(db.func.count()).where(Job.task == empty.name, Job.state == JobState.DONE)
    for _number in range(EMPTY):
        schedule(empty)
    begun = perf_counter()
    db.session.commit()
    _until(lambda: _counted(done) == EMPTY, every=0.1)
    return EMPTY / (perf_counter() - begun)


def _counted(statement: object) -> int:
    found = db.session.scalar(statement)
    db.session.commit()
    return found or 0


def _p95(latencies: list[float]) -> float:
    return quantiles(latencies, n=20)[-1]


def _huey_rate(huey: Huey) -> float:
    counted, guard, all_done = [0], threading.Lock(), threading.Event()

    @huey.task()
    def empty() -> None:
        with guard:
            counted[0] += 1
            if counted[0] == EMPTY:
                all_done.set()

    for _number in range(EMPTY):
        empty()
    consumer = HueyConsumer(huey, workers=THREADS, initial_delay=0.05, max_delay=0.5)
    consumer._set_signal_handlers = lambda: None  # noqa: SLF001 -- the runner has its own
    begun = perf_counter()
    consumer.start()
    all_done.wait(120)
    took = perf_counter() - begun
    consumer.stop(graceful=True)
    return EMPTY / took


def _until(condition: object, every: float = 0.005) -> None:
    deadline = monotonic() + 120
    while not condition():
        if monotonic() > deadline:
            raise TimeoutError("the jobs were not done in time")
        sleep(every)  # looking costs what the workers could use
