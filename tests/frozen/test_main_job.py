"""The main job on the built executable, with no account anywhere: write a post, have it due a minute later, read it in
the feed."""

import json
import runpy
from datetime import UTC, datetime, timedelta
from urllib.request import OpenerDirector, Request

import feedparser
import pytest
from lxml import etree

from tests.contract.source import ROOT
from tests.patience import until

SMOKE = runpy.run_path(str(ROOT / "build" / "smoke.py"))
BUILT = SMOKE["built"]()[:1]  # they hold the same program
SCHEMA = ROOT / "tests" / "data" / "atom" / "atom.rng"

pytestmark = pytest.mark.frozen


class Clocked(SMOKE["Program"]):  # type: ignore[misc]
    """Its clock can be moved."""

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "FALLOW_CLOCK_FILE": str(self.data / "clock")}


@pytest.mark.parametrize("executable", BUILT, ids=lambda path: path.parent.name)
def test_a_post_is_in_the_feed_a_minute_later(executable, tmp_path):
    (tmp_path / "clock").write_text("0")
    program = Clocked(executable, tmp_path)
    SMOKE["begins"](program)
    token = program.run("token", "create", "--user", "smoke@example.org", "--scope", "write").split()[-1]
    with program.started() as (url, browser):
        api = Api(browser, url, token)
        post = api.ask("POST", "/posts", {"texts": ["The kettle is on."], "networks": ["feed"]})
        at = datetime.now(UTC) + timedelta(minutes=1)
        api.ask("PUT", f"/posts/{post['id']}/schedule", {"at": at.isoformat()})
        assert api.ask("GET", f"/posts/{post['id']}")["status"] == "scheduled"
        (tmp_path / "clock").write_text("61")
        until(lambda: api.ask("GET", f"/posts/{post['id']}")["status"] == "published")
        found = api.ask("GET", f"/posts/{post['id']}")["targets"][0]["url"]
        feed = SMOKE["fetched"](browser, f"{found.partition('/entries')[0]}/atom.xml").encode()
    etree.RelaxNG(etree.parse(SCHEMA)).assertValid(etree.fromstring(feed))
    assert [entry.title for entry in feedparser.parse(feed).entries] == ["The kettle is on."]


class Api:
    def __init__(self, browser: OpenerDirector, url: str, token: str) -> None:
        self.browser, self.url = browser, f"{url}/api/v1"
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def ask(self, method: str, path: str, said: object = None) -> dict:
        data = None if said is None else json.dumps(said).encode()
        asked = Request(self.url + path, data=data, headers=self.headers, method=method)
        with self.browser.open(asked, timeout=60) as answer:
            return json.load(answer)
