"""Every feature can be absent: without any one plugin, and without all, the rest works."""

import pytest
from sqlalchemy import inspect

from host.db import db
from host.jobs import Job, JobState
from host.plugging import plugins
from tests.contract.source import PLUGINS

pytestmark = pytest.mark.sqlite_only("a page is the same on either")

OURS = [path.name for path in PLUGINS]


@pytest.mark.parametrize("absent", [*OURS, "all"])
def test_every_page_works_without(absent, make_app, visit):
    make_app(plugins=[name for name in OURS if absent not in (name, "all")])
    assert absent not in {each.name for each in plugins().on}
    pages = visit()
    assert {path: status for path, (status, _page) in pages.items() if status != 200} == {}


@pytest.mark.parametrize("absent", OURS)
def test_its_tables_are_not_made(absent, make_app):
    make_app(plugins=[name for name in OURS if name != absent])
    assert [table for table in inspect(db.engine).get_table_names() if table.startswith(f"{absent}_")] == []


@pytest.mark.parametrize("absent", OURS)
def test_its_addresses_are_unknown(absent, make_app, visit, client_of):
    app = make_app(plugins=[name for name in OURS if name != absent])
    visit()
    assert client_of(app).get(f"/{absent}/").status_code == 404


@pytest.mark.parametrize("gone", OURS)
def test_switching_it_off_while_running_leaves_every_page(gone, make_app, visit):
    make_app()
    plugins().switch_off(gone)
    pages = visit()
    assert {path: status for path, (status, _page) in pages.items() if status != 200} == {}


def test_jobs_of_an_absent_plugin_wait_for_it(make_app):
    from host.jobs import drain

    make_app(plugins=[])
    db.session.add(Job(task="entropy.sweep"))
    db.session.commit()
    drain()
    assert db.session.scalars(db.select(Job.state)).one() is JobState.PARKED
