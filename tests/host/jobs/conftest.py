"""Tasks for the tests of jobs, registered as a plugin registers them."""

import threading
from collections.abc import Callable

import pytest

from host.db import db
from host.errors import Fault
from host.jobs import Task
from host.models import Account
from tests.host.conftest import Declare


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
