"""`fallow serve --workers 2` on PostgreSQL, with real processes."""

import os
import signal
from collections.abc import Callable

import pytest

from tests.patience import until
from tests.planting import Plant
from tests.programs import Program, get, run

WHO = """
import os

from flask import Blueprint

bp = Blueprint("who", __name__)


@bp.get("/")
def show():
    return str(os.getpid())


show.is_public = True


@hookimpl
def register_blueprints():
    return [bp]
"""


@pytest.fixture
def database_url(postgres, data):
    url = postgres.empty(data)
    yield url
    postgres.drop(url)


@pytest.fixture
def program(start: Callable[..., Program], plant: Plant, database_url: str) -> Program:
    """Two web processes that say who answers."""
    plant("who", WHO)
    environment = {"FALLOW_DATABASE_URL": database_url, "FALLOW_PLUGINS": "who"}
    begun = start("serve", "--port", "0", "--workers", "2", **environment)
    assert begun.url
    return begun


pytestmark = pytest.mark.postgres


def test_both_answer_and_both_end(program):
    both = answering(program, 2)
    assert program.process.pid in both
    assert program.stop() == 0
    assert not any(is_alive(pid) for pid in both)


def test_one_that_dies_is_started_again(program):
    [other] = answering(program, 2) - {program.process.pid}
    os.kill(other, signal.SIGKILL)
    until(lambda: not is_alive(other))
    assert other not in answering(program, 2)


def test_none_outlives_the_first(program):
    [other] = answering(program, 2) - {program.process.pid}
    program.process.kill()
    program.ended()
    until(lambda: not is_alive(other))


def test_each_hears_what_another_process_changed(program, data, database_url):
    environment = {"FALLOW_DATABASE_URL": database_url}
    run("init", "--name", "Meadow", "--email", "ada@example.org", data=data, **environment)
    token = run("token", "create", "--user", "ada@example.org", "--scope", "read", data=data, **environment)
    headers = {"Authorization": f"Bearer {token.stdout.strip()}"}
    answering(program, 2)
    with get(f"{program.base}/live", **headers) as one, get(f"{program.base}/live", **headers) as two:
        assert run("demo", "--cards", "3", data=data, **environment).returncode == 0
        for stream in (one, two):
            assert any(line.startswith(b"data: board") for line in iter(stream.readline, b""))


def answering(program: Program, count: int) -> set[int]:
    """The processes that answer, once there are so many."""
    seen: set[int] = set()

    def enough() -> bool:
        with get(f"{program.base}/who/") as answer:
            seen.add(int(answer.read()))
        return len({pid for pid in seen if is_alive(pid)}) >= count

    until(enough)
    return {pid for pid in seen if is_alive(pid)}


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
