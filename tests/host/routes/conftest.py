"""A program with all of our plugins, and what three people have in it."""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from host.db import db
from host.models import Account, User
from host.testing.database import Database
from host.testing.reuse import Pool
from tests.host.routes.addresses import Address, addresses
from tests.host.routes.estate import Estate, settle
from tests.host.routes.sandbox import Sandbox
from tests.host.routes.visitor import Visitor

# It asks the database by a connection of its own, which the sandbox does not lend.
APART = {"health.show"}
# What is the same for all of a space.
OF_ALL = {"people", "users", "assignments", "accesses", "tags", "taggings", "jobs", "invitations", "runs", "sweeps"}
# What a person has for themselves.
SHARED = {"bulk", "channels", "import", "notifications", "push", "tokens", "views", "visits"}


@dataclass(frozen=True)
class World:
    """Ada, who owns the space, Ben, who is a member of it, and Eve of another one. Of each what is theirs: Ada's board
    is open to Ben, and Ben's is closed to Ada."""

    app: Flask
    ada: Visitor
    ben: Visitor
    eve: Visitor
    nobody: Visitor
    adas: Estate
    bens: Estate
    eves: Estate


def listed(met: Mapping[str, object]) -> str:
    """Each that has something to say against it, a line each."""
    return "\n".join(f"{where}: {why}" for where, why in met.items() if why)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    from tests import postgres  # after pytest has taken it in hand as a plugin
    from tests.conftest import ON_BOTH, ON_SQLITE

    if "world" in metafunc.fixturenames:
        metafunc.parametrize("world", ON_BOTH if postgres.wanted() else ON_SQLITE, indirect=True, scope="module")


@pytest.fixture(scope="module")
def world(request: pytest.FixtureRequest, pool: Pool) -> Iterator[World]:
    """One for all tests of a module: each leaves it as it was. With all of our plugins, whose pages must keep to it,
    too."""
    database: Database = request.getfixturevalue(request.param)
    program = pool.take(database, None)
    with program.app.app_context():
        made = _settled(program.app)
        db.session.remove()
    yield made
    pool.give_back(program, None)


def _settled(app: Flask) -> World:
    ada = Account.open("Meadow", owner_name="Ada Field", email="ada@example.org")
    ben = User.join(ada.account, name="Ben Hollow", email="ben@example.org")
    eve = Account.open("Elsewhere", owner_name="Eve Reed", email="eve@example.org")
    friend = User.join(eve.account, name="Finn Moor", email="finn@example.org")
    ada.account.next_numbers(10)
    eve.account.next_numbers(1000)
    db.session.commit()
    estates = [
        settle(app, ada, ben, all_access=True),
        settle(app, ben, ada, all_access=False),
        settle(app, eve, friend, all_access=True),
    ]
    people = [Visitor.of(app, person) for person in (ada, ben, eve, None)]
    return World(app, *people, *estates)


@pytest.fixture
def sandbox(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    monkeypatch.setitem(world.app.config, "PROPAGATE_EXCEPTIONS", False)
    with world.app.app_context(), Sandbox() as begun:
        yield begun


@pytest.fixture
def document(world: World, sandbox: Sandbox) -> dict[str, Any]:
    """What the API says of itself."""
    found: dict[str, Any] = world.nobody("GET", "/api/v1/openapi.json").json
    return found


@pytest.fixture
def everywhere(world: World) -> list[Address]:
    """Every address with each of its methods."""
    return [each for each in addresses(world.app) if each.endpoint not in APART]


@pytest.fixture
def broke(caplog: pytest.LogCaptureFixture) -> Callable[[TestResponse], str]:
    """broke(answer): why, where the program did; else nothing."""
    caplog.set_level(logging.ERROR)

    def why(answer: TestResponse) -> str:
        raised = [record.exc_info[1] for record in caplog.records if record.exc_info]
        caplog.clear()
        return f"{answer.status_code} {raised!r:.500}" if answer.status_code >= 500 else ""

    return why
