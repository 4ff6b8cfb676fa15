"""Each hook by its name: what a plugin gives reaches the place that it is for."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from host.cli import cli
from host.clock import now
from host.db import db
from host.events import EventKind
from host.jobs import Job, schedule
from host.jobs.clearing import clear
from host.models import ApiToken
from host.models.token import Scope
from host.plugging import plugins
from host.retention import retention_rules
from host.summaries import summary_of

WATERED = EventKind("orchard.watered")

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def app(orchard, make_app, data):
    """A program with the plugin that uses every hook."""
    return make_app(data=data)


@pytest.fixture
def api(anonymous, owner):
    """api("/api/v1/…"): what a program gets."""
    token = ApiToken.create(owner, name="test", scope=Scope.READ)
    db.session.commit()
    return lambda path: anonymous.get(path, headers={"Authorization": f"Bearer {token}"}).json


@pytest.fixture
def card(board):
    card = board.add_card("Plum pie")
    db.session.commit()
    return card


def trees() -> int:
    return db.session.scalar(text("SELECT count(*) FROM orchard_tree"))


def test_hook_register_schema():
    assert trees() == 0


def test_hook_register_tasks(drain_jobs, board):
    assert [job.task for job in db.session.scalars(db.select(Job))].count("orchard.plant") == 1  # for the new board
    drain_jobs()
    assert trees() == 1
    schedule(plugins().found["orchard"].declared.tasks[0].task)
    drain_jobs()
    assert trees() == 2


def test_hook_register_blueprints(client, api):
    assert client.get("/orchard/").text == "an orchard"
    assert api("/api/v1/orchard/trees") == {"trees": 0}


def test_hook_register_commands(data, app):
    ran = CliRunner().invoke(cli, ["--data", str(data), "orchard", "count"], env={"FALLOW_DATABASE_URL": url(app)})
    assert ran.output == "0 trees\n"


def test_hook_register_settings(client):
    assert 'value="apple"' in client.get("/settings/plugin/orchard/orchard").text
    assert client.post("/settings/plugin/orchard/orchard", data={"kind": "plum"}).status_code == 303
    assert db.session.scalar(text("SELECT kind FROM orchard_tree")) == "plum"
    assert client.post("/settings/plugin/orchard/orchard").status_code == 422
    assert "/settings/plugin/orchard/orchard" in client.get("/settings/people").text


def test_hook_register_search_filters(api, board, card):
    board.add_card("Apple pie")
    db.session.commit()
    assert [found["title"] for found in api("/api/v1/cards?ripe=Apple")] == ["Apple pie"]
    assert len(api("/api/v1/cards")) == 2


def test_hook_register_retention(client):
    rule = retention_rules()["orchard.trees"]
    client.post("/settings/plugin/orchard/orchard", data={"kind": "plum"})
    assert rule.leftovers.count(now()) == 1
    assert clear(rule.leftovers, now()) == 1
    assert trees() == 0


def test_hook_register_event_sentences(client, owner, card):
    card.record(WATERED, by=owner, tree="plum")
    db.session.commit()
    assert "Ada Field watered the plum" in client.get(f"/cards/{card.number}").text


def test_hook_board_banner(client, board):
    assert "Ada Field sees an orchard on Launch" in client.get(f"/boards/{board.id}").text


def test_hook_card_badges(client, board, card):
    assert f"tree {card.number} of Ada Field" in client.get(f"/boards/{board.id}").text


def test_hook_column_badges(client, board):
    page = client.get(f"/boards/{board.id}").text
    assert "Ada Field picks in Writing" in page
    assert "Ada Field picks in Checking" in page


def test_hook_card_panel(client, card):
    assert f"Ada Field looks at tree {card.number}" in client.get(f"/cards/{card.number}").text


def test_hook_nav_items(client, board, card):
    page = client.get(f"/boards/{board.id}").text
    assert "Orchard topbar ada-field" in page
    assert "Orchard account_menu ada-field" in page


def test_hook_summary_sections(app, owner):
    [section] = summary_of(owner, datetime(2026, 11, 16, tzinfo=UTC))
    assert (section.title, section.plugin) == ("Fruit", "orchard")
    assert section.lines == [("Ada Field picked since Monday", "/orchard/")]


def url(app) -> str:
    return app.extensions["fallow"].config.database_url
