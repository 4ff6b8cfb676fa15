"""`fallow serve` as a real process: its one line, its refusals, and a stop that loses nothing."""

import json
import re
import socket
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tests.patience import until
from tests.planting import Plant
from tests.programs import get, run, signed_in

SERVE = ("serve", "--port", "0")

SLOW = """
import time
from pathlib import Path

from flask import Blueprint, current_app

HERE = Path(__file__).parent
bp = Blueprint("slow", __name__)


@task("slow.work")
def work():
    pause("work")
    return "worked"


@bp.get("/request")
def show():
    schedule(work)
    db.session.commit()
    pause("request")
    return "answered"


show.is_public = True


@hookimpl
def register_tasks():
    return [work]


@hookimpl
def register_blueprints():
    return [bp]


def pause(what):
    (HERE / f"{what}-began").touch()
    while not (HERE / f"{what}-may-end").exists():
        time.sleep(0.01)
"""


@pytest.fixture
def slow(plant: Plant) -> Path:
    """A plugin with a page and a job that take until they may end."""
    return plant("slow", SLOW)


def test_one_line_says_the_address_once_it_answers(start, data):
    run("init", "--name", "Meadow", "--email", "ada@example.org", data=data)
    program = start(*SERVE)
    with get(program.url) as answer:
        assert answer.status == 302
        assert answer.headers["Location"].startswith("/session/new")
    assert re.fullmatch(r"Fallow is ready at http://127\.0\.0\.1:\d+\n", program.said)
    assert program.stop() == 0
    assert program.complained == ""


def test_before_there_is_a_space_only_the_printed_address_opens_the_first_page(start):
    program = start(*SERVE)
    with get(f"{program.base}/welcome") as answer:
        assert answer.status == 403
    cookie = signed_in(program.url)
    with get(f"{program.base}/welcome", Cookie=cookie) as answer:
        assert answer.status == 200
        assert b"Name your space" in answer.read()
    with get(program.url) as answer:  # a second time
        assert answer.status == 403


def test_its_health_is_for_all_who_reach_it_under_its_own_name(start):
    base = start(*SERVE).base
    with get(f"{base}/healthz") as answer:
        health = json.loads(answer.read())
    assert health["status"] == "ok"
    assert re.match(r"\d+\.\d+", health["version"])
    assert health["jobs"]["failed"] == 0
    with get(f"{base}/healthz", Host="evil.example") as answer:
        assert answer.status == 400


def test_a_stop_loses_nothing(start, slow, data):
    program = start(*SERVE, FALLOW_PLUGINS="slow")
    run("init", "--name", "Meadow", "--email", "ada@example.org", data=data)
    base = program.base
    token = run("token", "create", "--user", "ada@example.org", "--scope", "read", data=data).stdout.strip()
    with ThreadPoolExecutor() as pool, get(f"{base}/live", Authorization=f"Bearer {token}") as stream:
        request = pool.submit(fetched, f"{base}/slow/request")
        until(lambda: (slow / "request-began").exists() and (slow / "work-began").exists())
        program.ask_to_stop()
        assert b"retry" in stream.read()  # to its orderly end
        until(lambda: refuses_connections(base))
        assert program.process.poll() is None  # it waits for both
        (slow / "request-may-end").touch()
        assert request.result() == b"answered"
        assert program.process.poll() is None
        (slow / "work-may-end").touch()
    assert program.ended() == 0
    with closing(sqlite3.connect(data / "fallow.db")) as database:
        assert database.execute("SELECT state, summary, attempts FROM job").fetchall() == [("done", "worked", 1)]
    done = r"fallow: job=1 task=slow\.work attempt=1 outcome=done took=\S+ says='worked'\n"
    assert re.fullmatch(done, program.complained)


def test_a_second_signal_ends_it_at_once(start, slow):
    program = start(*SERVE, FALLOW_PLUGINS="slow")
    with ThreadPoolExecutor() as pool:
        request = pool.submit(fetched, f"{program.base}/slow/request")
        until(lambda: (slow / "request-began").exists())
        program.ask_to_stop()
        until(lambda: refuses_connections(program.base))
        assert program.stop() == 130
        assert request.exception() is not None


def test_what_never_ends_is_left_behind_and_said(start, plant):
    slow = plant("slow", f"import host.server; host.server.GRACE = 0\n{SLOW}")
    program = start(*SERVE, FALLOW_PLUGINS="slow")
    with ThreadPoolExecutor() as pool:
        request = pool.submit(fetched, f"{program.base}/slow/request")
        until(lambda: (slow / "work-began").exists())
        (slow / "work-may-end").touch()
        assert program.stop() == 1
        assert request.exception() or request.result() != b"answered"
    assert "what had not ended in time was left behind" in program.complained


@pytest.mark.parametrize("command", [("serve",), ("--no-window",)], ids=["serve", "desktop"])
def test_a_port_in_use_is_said_in_one_line(command, data, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = run(*command, data=data, FALLOW_PORT=port)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == f"fallow: Port {port} is in use by another program; give another one with --port.\n"
    assert not (data / "fallow.db").exists()


def test_a_data_folder_that_cannot_be_written_is_said_in_one_line(tmp_path):
    (tmp_path / "file").touch()
    ended = run(*SERVE, data=tmp_path / "file" / "data")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert re.fullmatch(r"fallow: The data folder \S+ cannot be written: Not a directory\.\n", ended.stderr)


def test_a_newer_database_is_said_in_one_line_and_left_alone(data):
    run("init", "--name", "Meadow", "--email", "ada@example.org", data=data)
    with closing(sqlite3.connect(data / "fallow.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = 'from the future'")
        database.commit()
    before = (data / "fallow.db").read_bytes()
    ended = run(*SERVE, data=data)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("fallow: This database was made by a newer Fallow.")
    assert ended.stderr.count("\n") == 1
    assert (data / "fallow.db").read_bytes() == before


def test_a_second_server_on_a_data_folder_is_refused(start, data):
    base = start(*SERVE).base
    ended = run(*SERVE, data=data)
    assert (ended.returncode, ended.stderr) == (1, f"fallow: Fallow runs on this data folder already, at {base}.\n")


def test_several_web_processes_need_postgresql(data):
    ended = run(*SERVE, "--workers", "2", data=data)
    assert ended.returncode == 1
    assert "PostgreSQL" in ended.stderr


def test_who_listens_for_all_is_told_that_it_answers_to_no_name_yet(start):
    program = start(*SERVE, "--host", "0.0.0.0")
    assert program.base.startswith("http://127.0.0.1:")
    assert "FALLOW_TRUSTED_HOSTS" in program.complained


def test_two_starts_that_came_to_no_end_lead_to_safe_mode(start, plant, data):
    plant("broken", "import os; os._exit(3)")
    for _each in range(2):
        assert run(*SERVE, data=data, FALLOW_PLUGINS="broken").returncode == 3
    program = start(*SERVE, FALLOW_PLUGINS="broken")
    cookie = signed_in(program.url)
    with get(f"{program.base}/welcome", Cookie=cookie) as answer:
        assert answer.status == 200
    program.stop()
    # It came up, so the next start tries again with everything.
    assert run(*SERVE, data=data, FALLOW_PLUGINS="broken").returncode == 3


def test_a_moved_clock_is_said_loudly(start, tmp_path):
    moved = tmp_path / "clock"
    moved.write_text(str(10 * 365 * 86400))
    program = start(*SERVE, FALLOW_CLOCK_FILE=str(moved))
    assert program.url
    assert re.search(rf"The clock is moved by {moved}: Fallow believes it is 20\d\d-", program.complained)


def fetched(url: str) -> bytes:
    with get(url) as answer:
        return answer.read()


def refuses_connections(base: str) -> bool:
    try:
        with get(f"{base}/healthz"):
            return False
    except ConnectionError:
        return True
