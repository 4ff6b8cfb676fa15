"""Tasks for the tests of jobs, registered as a plugin registers them."""

import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from host.db import db
from host.errors import Fault
from host.jobs import Periodic, Subscription, Task
from host.models import Account
from host.plugging import Loaded
from host.plugging.checks import Declared
from host.plugging.plugin import Plugin

Declare = Callable[..., None]


@pytest.fixture
def declare(app: Flask) -> Iterator[Declare]:
    """`declare(task, …)`: the plugin `probe` is on and registers just these; without any it is off. With `jobs_at_once`
    it may run no more than so many."""

    def registered(*tasks: Task | Periodic | Subscription, jobs_at_once: int | None = None) -> None:
        standing = "on" if tasks else "off"
        plugin = Plugin("probe", title="Probe", jobs_at_once=jobs_at_once)
        declared = Declared(tasks=tasks)
        found["probe"] = Loaded("probe", "probe", "folder", standing=standing, plugin=plugin, declared=declared)

    found = app.extensions["fallow"].plugins.found
    yield registered
    found.pop("probe", None)


@pytest.fixture
def write(declare: Declare) -> Task:
    """A task whose database effect is a row that carries this name; twice run, it would leave two."""

    def run(name: str) -> str:
        db.session.add(Account(name=name))
        return f"wrote {name}"

    task = Task("probe.write", run)
    declare(task)
    return task


@pytest.fixture
def at_once(app) -> Callable[..., list[object]]:
    """`at_once(drain, drain)`: call each in a thread and an app context of its own, all begun together; what they
    return or raise."""

    def together(*calls: Callable[[], object]) -> list[object]:
        ready = threading.Barrier(len(calls))
        outcomes: list[object] = [None] * len(calls)

        def one(place: int, call: Callable[[], object]) -> None:
            with app.app_context():
                ready.wait(60)
                try:
                    outcomes[place] = call()
                except Fault as fault:
                    outcomes[place] = fault

        threads = [threading.Thread(target=one, args=item) for item in enumerate(calls)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return outcomes

    return together
