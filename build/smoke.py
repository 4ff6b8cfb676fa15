"""Try the built program as a stranger's machine would: `python build/smoke.py [EXECUTABLE …]`, or what is in dist/.

It starts without any environment and without our source, so what is missing in it is missed here.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
END = ".exe" if os.name == "nt" else ""
TRELLO = ROOT / "tests" / "data" / "trello" / "board-small.json"
PATIENCE = 120  # seconds; a wake-up that was lost costs one minute

# Where a template of each plugin is to be seen, and what it draws there.
DRAWN = {
    "backups": ("/settings/plugin/backups/backups", "/backups/"),
    "cleanup": ("/settings/plugin/cleanup/cleanup", "host.unused_tags"),
    "entropy": ("/settings/plugin/entropy/entropy", 'class="trail'),
    "notifications": ("/", 'id="bell"'),
    "publishing": ("/publishing", 'class="cal"'),
    "recurring": ("/recurring", 'id="queue-form"'),
    "webhooks": ("/boards/1/settings/webhooks/webhooks", 'class="kinds"'),
}

# Uses modules of the standard library that nothing of ours imports.
PLUGIN = """
import mailbox
import wave

import click
from flask import Blueprint

from host import Plugin, Task, db, hookimpl, schedule

PLUGIN = Plugin("smoke", title="Smoke")
pages = Blueprint("smoke", __name__, template_folder="nowhere")
puff = Task("smoke.puff", run=lambda: f"{wave.__name__} and {mailbox.__name__}")


@click.command()
def ask():
    schedule(puff)
    db.session.commit()


@pages.get("/")
def index():
    return "from the folder"


@hookimpl
def register_tasks():
    return [puff]


@hookimpl
def register_blueprints():
    return [pages]


@hookimpl
def register_commands():
    return [ask]
"""


@dataclass
class Program:
    """An executable and a data folder of its own, perhaps with a database elsewhere."""

    executable: Path
    data: Path
    database_url: str = ""

    def run(self, *arguments: str, say: str = "") -> str:
        """What the command prints. Raises AssertionError when it fails."""
        command = [self.executable, *arguments]
        done = subprocess.run(
            command, env=self.environment, input=say, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        assert done.returncode == 0, f"fallow {' '.join(arguments)} ended with {done.returncode}: {done.stderr}"
        return done.stdout

    @property
    def environment(self) -> dict[str, str]:
        """Nothing but what the system itself cannot do without."""
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMPDIR") if name in os.environ}
        return {**kept, "FALLOW_DATA": str(self.data), "FALLOW_DATABASE_URL": self.database_url}

    @contextmanager
    def started(self) -> Iterator[tuple[str, OpenerDirector]]:
        """The desktop program: its address, and a browser in which its owner is signed in."""
        said = (self.data / "said").open("w+")
        command = [self.executable, "--no-window"]
        process = subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, stderr=said, text=True)
        try:
            launch = re.search(r"http://\S+", process.stdout.readline())
            assert launch, (self.data / "said").read_text()
            browser = build_opener(HTTPCookieProcessor(CookieJar()))
            browser.open(launch[0], timeout=PATIENCE)
            yield launch[0].partition("/launch")[0], browser
        finally:
            process.terminate()
            code = process.wait(PATIENCE)
            process.stdout.close()
            said.close()
        assert os.name == "nt" or code == 0, f"it ended with {code}"


def begins(program: Program) -> None:
    """it migrates a new database and makes a space"""
    program.run("init", "--name", "Smoke", "--email", "smoke@example.org", "--password-stdin", say="not a secret\n")
    assert program.run("db", "check")


def lists_every_plugin(program: Program) -> None:
    """it finds every plugin of ours, and they run"""
    ours = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"]["fallow.plugins"]
    listed = {each["name"]: each["state"] for each in json.loads(program.run("plugins", "list", "--json"))}
    assert listed == dict.fromkeys(ours, "on"), listed
    assert set(DRAWN) == set(ours), "DRAWN in build/smoke.py knows other plugins than pyproject.toml"


def imports_and_sweeps(program: Program) -> None:
    """it imports a Trello board and rests its stale cards, once"""
    assert "45 cards" in program.run("import", "trello", str(TRELLO), "--dates", "keep")
    assert re.match(r"rested \d+ cards", program.run("tasks", "run", "entropy.sweep"))
    assert program.run("tasks", "run", "entropy.sweep").strip() == "nothing to rest"


def takes_a_folder_plugin(program: Program) -> None:
    """it takes a plugin from the data folder that needs what we do not"""
    package = program.data / "plugins" / "smoke"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(PLUGIN)
    program.run("plugins", "enable", "smoke")
    assert "All is well" in program.run("plugins", "check", "smoke")


def takes_an_unpacked_distribution(program: Program) -> None:
    """it takes one that was unpacked there, as `pip install --target` does"""
    folder = program.data / "plugins"
    info = folder / "fallow_second-4.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: fallow-second\nVersion: 4.2\n")
    (info / "entry_points.txt").write_text("[fallow.plugins]\nsecond = second_one\n")
    (folder / "second_one").mkdir()
    source = "from host import Plugin\nPLUGIN = Plugin('second', title='Second')\n"
    (folder / "second_one" / "__init__.py").write_text(source)
    assert program.run("plugins", "check", "second").startswith("Second 4.2, from ")


def serves(program: Program) -> None:
    """it answers, draws a template of each plugin, and does a job that another process asked for"""
    with program.started() as (url, browser):
        assert json.loads(fetched(browser, f"{url}/healthz"))["status"] == "ok"
        for name, (path, drawn) in DRAWN.items():
            assert drawn in fetched(browser, url + path), f"nothing of {name} at {path}"
        assert fetched(browser, f"{url}/smoke/") == "from the folder"
        program.run("smoke", "ask")
        wait_for_the_job(program)


def survives_a_broken_plugin(program: Program) -> None:
    """it starts with a broken plugin and says what is wrong"""
    (program.data / "plugins" / "smoke" / "__init__.py").write_text("import avif_encoder\n")
    listed = {each["name"]: each for each in json.loads(program.run("plugins", "list", "--json"))}
    assert "No module named 'avif_encoder'" in listed["smoke"]["reason"]
    with program.started() as (url, browser):
        assert "avif_encoder" in fetched(browser, f"{url}/settings/plugins")


def fetched(browser: OpenerDirector, url: str) -> str:
    with browser.open(url, timeout=PATIENCE) as answer:
        return answer.read().decode()


def wait_for_the_job(program: Program) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        jobs = [job for job in json.loads(program.run("jobs", "list", "--json")) if job["task"] == "smoke.puff"]
        if jobs[0]["state"] == "done":
            assert jobs[0]["says"] == "wave and mailbox", jobs
            return
        assert time.monotonic() < deadline, jobs
        time.sleep(0.5)


CHECKS = (
    begins,
    lists_every_plugin,
    imports_and_sweeps,
    takes_a_folder_plugin,
    takes_an_unpacked_distribution,
    serves,
    survives_a_broken_plugin,
)


def built() -> list[Path]:
    """The executables that there are."""
    return [path for path in (DIST / "fallow-app" / f"fallow{END}", DIST / f"fallow{END}") if path.is_file()]


def try_out(executable: Path) -> None:
    """Raises AssertionError for the first thing that does not work."""
    with tempfile.TemporaryDirectory(prefix="fallow-smoke-") as folder:
        program = Program(executable, Path(folder))
        for check in CHECKS:
            check(program)
            print(f"  {check.__doc__}", flush=True)


if __name__ == "__main__":
    executables = [Path(name).resolve() for name in sys.argv[1:]] or built()
    if not executables:
        sys.exit("there is nothing in dist/; run `make bundle`")
    for executable in executables:
        print(executable.relative_to(ROOT) if executable.is_relative_to(ROOT) else executable, flush=True)
        try_out(executable)
