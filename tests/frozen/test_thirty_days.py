"""A month of the built executable on somebody's desk, switched off and on, and now and then torn from the wall: what a
queue was to publish in the feed is there once, or is listed as missed."""

import random
import runpy
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import build_opener

import feedparser
import pytest

from tests.contract.source import ROOT
from tests.frozen.test_main_job import Api, Clocked
from tests.patience import until

SMOKE = runpy.run_path(str(ROOT / "build" / "smoke.py"))
BUILT = SMOKE["built"]()[:1]  # they hold the same program
STEP, DAYS = timedelta(hours=6), 30
LONGEST = 14  # steps that it stays on or off
AT_PEACE = 0.5  # of the steps that it is on end with all posts out; the others jump on, and may tear it from its work
A_MINUTE = timedelta(minutes=1)  # late ones go out a quarter of an hour after one another
TEXTS = {1: "Kettle {n}", 3: "Weather {n}"}  # by the days between their runs

pytestmark = pytest.mark.frozen


class Desk:
    """The program, its clock, and whoever switches it on and off."""

    def __init__(self, executable: Path, data: Path) -> None:
        (data / "clock").write_text("0")
        self.program, self.moved = Clocked(executable, data), timedelta()
        SMOKE["begins"](self.program)
        said = self.program.run("token", "create", "--user", "smoke@example.org", "--scope", "write")
        self.token = said.split()[-1]

    @property
    def now(self) -> datetime:
        return datetime.now(UTC) + self.moved

    def go_on(self, by: timedelta = STEP) -> None:
        self.moved += by
        (self.program.data / "clock").write_text(str(self.moved.total_seconds()))

    @contextmanager
    def on(self, end: signal.Signals = signal.SIGTERM) -> Iterator[Api]:
        command = [self.program.executable, "--no-window"]
        with (self.program.data / "said").open("a") as said:
            process = subprocess.Popen(
                command, env=self.program.environment, stdout=subprocess.PIPE, stderr=said, text=True
            )
            try:
                yield Api(build_opener(), process.stdout.readline().split()[-1].partition("/launch")[0], self.token)
            finally:
                process.send_signal(end)
                process.wait(SMOKE["PATIENCE"])
                process.stdout.close()


@pytest.fixture(params=BUILT, ids=lambda path: path.parent.name)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    return Desk(request.param, tmp_path)


def sow(desk: Desk) -> dict[int, datetime]:
    """Queues that begin within the hour, by their id."""
    begins, first = {}, (desk.now + timedelta(minutes=30)).replace(microsecond=0)
    with desk.on() as api:
        for every, text in TEXTS.items():
            post = api.ask("POST", "/posts", {"texts": [text], "networks": ["feed"]})
            plan = {"every": every, "next_time": first.isoformat(), "zone": "UTC"}
            begins[api.ask("POST", "/queues", {"original": post["id"], **plan})["id"]] = first
    return begins


def served(api: Api, desk: Desk, queues: dict[int, datetime]) -> bool:
    told = [api.ask("GET", f"/queues/{queue}")["next_time"] for queue in queues]
    return all(datetime.fromisoformat(at) > desk.now for at in told)


def restless(api: Api) -> list[dict]:
    posts = api.ask("GET", "/posts?per_page=100")
    return [post for post in posts if post["status"] not in {"draft", "published", "missed"}]


def live_through(desk: Desk, queues: dict[int, datetime], chance: random.Random) -> None:
    steps = DAYS * (timedelta(days=1) // STEP)
    while steps > 0:
        for _off in range(min(steps, chance.randrange(LONGEST))):
            desk.go_on()
            steps -= 1
        with desk.on(chance.choice([signal.SIGTERM, signal.SIGKILL])) as api:
            for _on in range(min(steps, chance.randrange(1, LONGEST))):
                desk.go_on()
                steps -= 1
                until(lambda api=api: served(api, desk, queues))
                if chance.random() < AT_PEACE:
                    settle(api, desk)


def settle(api: Api, desk: Desk) -> None:
    """Let time go by until nothing is on its way out."""
    until(lambda: desk.go_on(A_MINUTE) or not restless(api), or_else=lambda: restless(api))


def test_what_was_due_is_there_once_or_listed_as_missed(desk: Desk) -> None:
    queues = sow(desk)
    live_through(desk, queues, random.Random(30))
    with desk.on() as api:
        until(lambda: served(api, desk, queues))
        settle(api, desk)
        until(lambda: served(api, desk, queues))
        for (queue, first), every, text in zip(queues.items(), TEXTS, TEXTS.values(), strict=True):
            runs = api.ask("GET", f"/queues/{queue}/runs?per_page=100")
            grid = {first + timedelta(days=every * number) for number in range(DAYS * 2)}
            assert {datetime.fromisoformat(run["occurrence"]) for run in runs} == {at for at in grid if at <= desk.now}
            made = {run["number"]: run["made"] for run in runs if run["outcome"] == "made"}
            assert sorted(made) == list(range(1, len(made) + 1))
            assert {run["outcome"] for run in runs} <= {"made", "skipped"}
            check_feed(api, made, text)


def check_feed(api: Api, made: dict[int, dict], text: str) -> None:
    posts = {number: api.ask("GET", f"/posts/{each['id']}") for number, each in made.items()}
    out = sorted(text.replace("{n}", str(number)) for number, post in posts.items() if post["status"] == "published")
    assert out, "nothing was published"
    url = next(target["url"] for post in posts.values() for target in post["targets"] if target["url"])
    feed = SMOKE["fetched"](api.browser, f"{url.partition('/entries')[0]}/atom.xml").encode()
    titles = [entry.title for entry in feedparser.parse(feed).entries]
    assert sorted(title for title in titles if title.startswith(text.partition(" ")[0])) == out
