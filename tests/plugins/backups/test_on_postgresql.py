"""Where PostgreSQL keeps the data the page says what to do each day; who asks gets a backup there as well."""

import pytest

from host import Shelf, db
from plugins.backups import daily


@pytest.fixture
def shown(client):
    return client.get("/settings/plugin/backups/backups").text


@pytest.fixture(autouse=True)
def empty_shelf(app):
    yield
    for each in Shelf().all():
        each.path.unlink()


def test_the_page_names_what_to_use(shown):
    assert ("pg_dump" in shown) is (db.engine.dialect.name == "postgresql")
    assert "Back up now" in shown


def test_the_daily_task_leaves_it_to_postgresqls_own_tools(app):
    said = daily.run.run()
    if db.engine.dialect.name == "postgresql":
        assert (said, Shelf().all()) == ("PostgreSQL has its own tools for this", [])
    else:
        [made] = Shelf().all()
        assert said == f"made {made.name}"


def test_one_that_somebody_asks_for_is_made_on_either(app):
    said = daily.make.run()
    [made] = Shelf().all()
    assert said == f"made {made.name}"
