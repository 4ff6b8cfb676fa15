"""fallow tasks, jobs and worker."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from host.app import create_app
from host.cli import cli
from host.config import Config
from host.db import db
from host.jobs import TaskRun, schedule
from host.jobs.known import tasks
from host.jobs.lock import workers
from host.jobs.periodic import plan
from tests.host.jobs.seen import states
from tests.patience import until

BARN = """
from host import Account, Fault, Periodic, Plugin, cron, db, every, hookimpl, task

PLUGIN = Plugin("barn", title="Barn")


@task("barn.sweep", preview=lambda: "would sweep 3 corners")
def sweep():
    db.session.add(Account(name="swept"))
    return "swept 3 corners"


@task("barn.gate", attempts=1)
def gate(**how):
    raise ValueError("the hinge is rusty")


@hookimpl
def register_tasks():
    return [
        Periodic(every(hours=1), sweep, title="Sweep the barn"),
        Periodic(cron("2 4 * * *", "daily at 04:02 UTC"), gate, title="Open the gate"),
    ]
"""

Fallow = Callable[..., Result]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the plugin `barn`."""
    package = tmp_path / "plugins" / "barn"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(BARN)
    monkeypatch.setenv("FALLOW_DATA", str(tmp_path))
    monkeypatch.setenv("FALLOW_PLUGINS", "barn")
    monkeypatch.delenv("FALLOW_DATABASE_URL", raising=False)
    return tmp_path


@pytest.fixture
def fallow(data: Path) -> Fallow:
    """`fallow("tasks", "list")` runs a command, in this process."""
    return lambda *words: CliRunner().invoke(cli, words, prog_name="fallow")


@pytest.fixture
def program(data: Path) -> Iterator[None]:
    """The program on the same data, its context pushed."""
    app = create_app(Config(data=data, plugins=("barn",)))
    with app.app_context():
        yield
        db.session.remove()
        db.engine.dispose()


def listed(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0, result.output
    found: list[dict[str, object]] = json.loads(result.stdout)
    return found


def test_tasks_are_listed_with_their_last_run(fallow: Fallow) -> None:
    gate, sweep = listed(fallow("tasks", "list", "--json"))
    assert (gate["task"], gate["runs"], gate["last"]) == ("barn.gate", "daily at 04:02 UTC", None)
    fallow("tasks", "run", "barn.sweep")
    _gate, sweep = listed(fallow("tasks", "list", "--json"))
    assert (sweep["title"], sweep["state"], sweep["summary"]) == ("Sweep the barn", "done", "swept 3 corners")
    assert "every hour" in fallow("tasks", "list").stdout


def test_run_prints_the_summary_and_leaves_no_trace_of_a_worker(fallow: Fallow, data: Path) -> None:
    result = fallow("tasks", "run", "barn.sweep")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "swept 3 corners\n", "")
    assert workers(data) == {}


def test_a_dry_run_does_nothing(fallow: Fallow) -> None:
    assert fallow("tasks", "run", "barn.sweep", "--dry-run").stdout == "would sweep 3 corners\n"
    assert fallow("jobs", "list").stdout == "There are no jobs.\n"


def test_a_dry_run_of_a_task_that_has_none_is_refused(fallow: Fallow) -> None:
    result = fallow("tasks", "run", "barn.gate", "--dry-run")
    assert (result.exit_code, result.stderr) == (1, "fallow: barn.gate cannot say beforehand what it would do.\n")


def test_a_task_that_fails_is_one_line_and_the_rest_with_its_job(fallow: Fallow) -> None:
    result = fallow("tasks", "run", "barn.gate")
    said = "barn.gate failed: ValueError: the hinge is rusty (`fallow jobs show 1` has the rest)"
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"fallow: {said}\n")
    shown = fallow("jobs", "show", "1").stdout
    assert "Traceback (most recent call last)" in shown
    assert json.loads(fallow("jobs", "show", "1", "--json").stdout)["error"].endswith("the hinge is rusty\n")


def test_an_unknown_task_names_those_there_are(fallow: Fallow) -> None:
    result = fallow("tasks", "run", "barn.swept")
    assert result.exit_code == 1
    assert "There is no periodic task “barn.swept”. There are: barn.gate, barn.sweep." in result.stderr


def test_jobs_are_listed_by_state(fallow: Fallow, program: None) -> None:
    gate, sweep = tasks()["barn.gate"], tasks()["barn.sweep"]
    schedule(gate)
    schedule(sweep, delay=timedelta(days=1))
    db.session.commit()
    assert [row["task"] for row in listed(fallow("jobs", "list", "--json"))] == ["barn.sweep", "barn.gate"]
    (row,) = listed(fallow("jobs", "list", "--state", "scheduled", "--json"))
    assert (row["task"], row["state"], row["tries"]) == ("barn.sweep", "scheduled", "0/5")
    assert listed(fallow("jobs", "list", "--state", "failed", "--json")) == []
    assert fallow("jobs", "list", "--state", "failed").stdout == "There is no such job.\n"
    assert fallow("jobs", "list", "--state", "dead").exit_code == 2


@pytest.mark.parametrize("number", ["0", "9" * 30])
@pytest.mark.parametrize("command", [("show",), ("retry",), ("discard",), ("list", "--limit")])
def test_a_number_that_no_row_has_is_wrong_usage(fallow: Fallow, command: tuple[str, ...], number: str) -> None:
    result = fallow("jobs", *command, number)
    assert result.exit_code == 2
    assert "1<=x<=" in result.stderr


def test_retry_and_discard(fallow: Fallow, program: None) -> None:
    fallow("tasks", "run", "barn.gate")
    assert fallow("jobs", "retry", "1").stdout == "Job 1 waits to run again.\n"
    assert "has not failed" in fallow("jobs", "retry", "1").stderr
    assert fallow("jobs", "discard", "1").stdout == "Job 1 is gone.\n"
    assert fallow("jobs", "discard", "1").stderr == "fallow: There is no job 1.\n"


def test_a_clock_that_is_moved_by_file_wakes_the_worker(data: Path, program: None, monkeypatch) -> None:
    """A day passes in a real process: what was scheduled runs at once."""
    clock = data / "clock"
    monkeypatch.setenv("FALLOW_CLOCK_FILE", str(clock))
    schedule(tasks()["barn.sweep"], delay=timedelta(days=1))
    db.session.commit()
    worker = subprocess.Popen([sys.executable, "-m", "host", "worker"], stderr=subprocess.PIPE, text=True)
    try:
        until(lambda: set(states()) == {"done", "failed", "waiting"})  # the periodic ones have run
        clock.write_text(str(25 * 60 * 60))
        until(lambda: "waiting" not in states())
    finally:
        worker.terminate()
        _out, said = worker.communicate(timeout=60)
    assert "The clock is moved by" in said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_runs_jobs_until_it_is_told_to_stop(data: Path, program: None, number: int) -> None:
    plan()
    command = [sys.executable, "-m", "host", "worker", "--threads", "1"]
    heard = partial(signal.signal, number, signal.SIG_DFL)  # these tests may run where it is ignored, as with nohup
    worker = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, preexec_fn=heard)
    try:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "Fallow runs jobs, one at a time.\n"
        until(lambda: set(states()) == {"done", "failed"})
        assert len(workers(data)) == 1
        worker.send_signal(number)
        assert worker.wait(60) == 0, worker.stdout.read()
    finally:
        worker.kill()
        worker.wait()
        if worker.stdout:
            worker.stdout.close()
    assert workers(data) == {}
    assert {run.state for run in db.session.scalars(db.select(TaskRun))} == {"done", "failed"}
