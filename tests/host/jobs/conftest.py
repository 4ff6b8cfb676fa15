"""Tasks for the tests of jobs, registered as a plugin registers them."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from host.db import db
from host.jobs import Periodic, Subscription, Task
from host.models import Account
from host.plugging import Loaded
from host.plugging.checks import Declared

Declare = Callable[..., None]


@pytest.fixture
def declare(app: Flask) -> Iterator[Declare]:
    """`declare(task, …)`: the plugin `probe` is on and registers just these; without any it is off."""

    def registered(*tasks: Task | Periodic | Subscription) -> None:
        standing = "on" if tasks else "off"
        probe = Loaded("probe", "probe", "folder", standing=standing, declared=Declared(tasks=tasks))
        found["probe"] = probe

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
