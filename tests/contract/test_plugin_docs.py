"""The plugin in docs/plugins.md, put together from the page and run."""

import re

import pytest
from sqlalchemy import text

from host.db import db
from host.jobs import schedule
from host.plugging import plugins
from host.plugging.state import State
from tests.contract.source import ROOT

PAGE = (ROOT / "docs" / "plugins.md").read_text()
FILE = re.compile(r"```(?:python\n# |html\n\{# )(applause/\S+)(?: #\})?\n(.*?)```", re.DOTALL)


@pytest.fixture
def app(make_app, data):
    """A program with the page's plugin."""
    for path, content in FILE.findall(PAGE):
        target = data / "plugins" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content)
    State.read(data).switch_on(["applause"])
    return make_app(data=data)


def test_the_plugin_of_the_page_does_what_the_page_says(client, board, owner, drain_jobs):
    card = board.add_card("Write the launch post")
    clap = f"/applause/cards/{card.number}"
    assert f'action="{clap}"' in client.get(f"/cards/{card.number}").text
    assert client.post(clap).status_code == client.post(clap).status_code == 303
    assert 'title="2 claps"' in client.get(f"/boards/{board.id}").text
    card.close(owner)
    schedule(plugins().found["applause"].declared.tasks[0].task)
    drain_jobs()
    assert db.session.scalar(text("SELECT count(*) FROM applause_clap")) == 0


def test_every_file_of_the_page_is_taken():
    assert len(FILE.findall(PAGE)) == PAGE.count("# applause/") == 6
