"""What the migrations build is what the models say, for the host and for each plugin, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from host import migrate
from host.db import db
from host.plugging import plugins


def test_models_and_migrations_agree(app):
    assert {"entropy", "notifications"} <= {each.name for each in plugins().on}
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_ours})
        assert compare_metadata(context, db.metadata) == []


def test_every_owner_is_at_its_newest_version(app):
    found = {version.owner: version for version in migrate.versions(db.engine, plugins())}
    assert {"host", "entropy", "notifications"} <= set(found)
    assert all(version.newest and version.current for version in found.values())


def test_each_owners_history_is_one_line(app):
    """Two heads would mean two steps that know nothing of each other."""
    assert all(len(version.known) == 1 for version in migrate.versions(db.engine, plugins()))


def is_ours(name, kind, _parents):
    return kind != "table" or not name.startswith("alembic_version")
