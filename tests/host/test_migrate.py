"""Upgrades: the host's tables, each plugin's on its own, and what happens when one goes wrong."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, inspect, text

from host import migrate
from host.config import Config
from host.db import prepare_sqlite
from host.errors import Fault
from host.plugging import PluginRegistry

SCHEMA = """
from pathlib import Path

@hookimpl
def register_schema():
    return Schema("orchard_", Path(__file__).parent / "migrations")
"""
STEP = """
import sqlalchemy as sa
from alembic import op

revision = {revision!r}
down_revision = {after!r}

def upgrade():
    {what}
"""
TREE = "op.create_table('orchard_tree', sa.Column('id', sa.Integer, primary_key=True))"
APPLE = "op.create_table('orchard_apple', sa.Column('id', sa.Integer, primary_key=True))"


@pytest.fixture
def config(data, database) -> Iterator[Config]:
    """A program on a database with nothing in it."""
    data.mkdir()
    url = database.empty(data)
    yield Config(data=data, database_url=url)
    if url:
        database.drop(url)


@pytest.fixture
def orchard(plant) -> Callable[..., None]:
    """orchard(first, second): a plugin with a migration for each."""

    def grown(*steps: str) -> None:
        revisions = [f"orchard_000{number}" for number in range(1, len(steps) + 1)]
        files = {
            f"migrations/{revision}.py": STEP.format(revision=revision, after=after, what=what)
            for revision, after, what in zip(revisions, [None, *revisions], steps, strict=False)
        }
        plant("orchard", SCHEMA, **files)

    return grown


@pytest.fixture
def upgraded(config) -> Callable[..., PluginRegistry]:
    """upgraded("orchard"): the plugins after an upgrade with these."""

    def run(*names: str) -> PluginRegistry:
        registry = PluginRegistry(config.data, only=names)
        registry.load()
        migrate.upgrade(config, registry)
        return registry

    return run


@contextmanager
def opened(config: Config) -> Iterator[Engine]:
    engine = create_engine(config.database)
    if config.on_sqlite:
        prepare_sqlite(engine)
    try:
        yield engine
    finally:
        engine.dispose()


def tables(config: Config) -> set[str]:
    with opened(config) as engine:
        return set(inspect(engine).get_table_names())


def write(config: Config, *statements: str) -> None:
    with opened(config) as engine, engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def copies(config: Config) -> list[Path]:
    return sorted((config.data / "backups").glob("*"))


def test_a_new_database_gets_all_tables(config, orchard, upgraded):
    orchard(TREE)
    registry = upgraded("orchard")
    assert {"card", "board", "job", "orchard_tree", "alembic_version", "alembic_version_orchard"} <= tables(config)
    with opened(config) as engine:
        assert all(version.newest for version in migrate.versions(engine, registry))


def test_a_second_upgrade_changes_nothing(config, orchard, upgraded):
    orchard(TREE)
    upgraded("orchard")
    upgraded("orchard")
    assert copies(config) == []


def test_a_plugin_takes_the_steps_that_it_lacks(config, orchard, upgraded):
    orchard(TREE)
    upgraded("orchard")
    orchard(TREE, APPLE)
    upgraded("orchard")
    assert {"orchard_tree", "orchard_apple"} <= tables(config)


def test_a_plugin_that_fails_leaves_its_tables_as_they_were(config, orchard, upgraded):
    orchard(TREE)
    upgraded("orchard")
    orchard(TREE, APPLE + "\n    raise ValueError('no')")
    failed = upgraded("orchard").found["orchard"]
    assert failed.standing == "failed"
    assert "migration failed" in failed.reason
    assert "ValueError: no" in failed.traceback
    assert "orchard_apple" not in tables(config)
    assert "orchard_tree" in tables(config)
    orchard(TREE, APPLE)
    assert upgraded("orchard").found["orchard"].standing == "on"
    assert "orchard_apple" in tables(config)


@pytest.mark.parametrize("fault", ["raise SystemExit(1)", "nothing", "op.execute('SELECT nothing')"])
def test_whatever_a_plugins_migration_does_the_hosts_is_done(config, orchard, upgraded, fault):
    orchard(fault)
    assert upgraded("orchard").found["orchard"].standing == "failed"
    assert "card" in tables(config)


@pytest.mark.parametrize("fault", ["def", "raise SystemExit(1)", "import nowhere_at_all"])
def test_a_migration_that_cannot_be_read_is_its_plugins_fault(config, plant, upgraded, fault):
    plant("orchard", SCHEMA, **{"migrations/orchard_0001.py": fault})
    failed = upgraded("orchard").found["orchard"]
    assert "migrations cannot be read" in failed.reason
    assert "card" in tables(config)


@pytest.mark.parametrize(
    "theft",
    [
        "op.create_table('basket', sa.Column('id', sa.Integer))",
        "op.add_column('card', sa.Column('apples', sa.Integer))",
        "op.drop_table('step')",
    ],
)
def test_a_plugin_changes_tables_of_its_own_name_only(config, orchard, upgraded, theft):
    orchard(theft)
    assert "which is not the plugin's" in upgraded("orchard").found["orchard"].reason
    assert "step" in tables(config)
    assert "basket" not in tables(config)


def test_a_plugin_that_is_gone_and_comes_back_finds_its_data(config, orchard, upgraded):
    orchard(TREE)
    upgraded("orchard")
    write(config, "INSERT INTO orchard_tree (id) VALUES (7)")
    upgraded()
    orchard(TREE, APPLE)
    upgraded("orchard")
    with opened(config) as engine, engine.connect() as connection:
        assert connection.execute(text("SELECT id FROM orchard_tree")).scalars().all() == [7]


def test_a_plugin_older_than_its_tables_is_switched_off(config, orchard, upgraded):
    orchard(TREE, APPLE)
    upgraded("orchard")
    write(config, "UPDATE alembic_version_orchard SET version_num = 'orchard_0009'")
    assert "made by a newer version" in upgraded("orchard").found["orchard"].reason
    assert "orchard_apple" in tables(config)


def test_a_database_of_a_newer_program_is_left_alone(config, upgraded):
    upgraded()
    write(config, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Fault, match="made by a newer Fallow"):
        upgraded()


def test_a_rehearsal_leaves_no_trace(config, orchard, upgraded):
    upgraded()
    orchard(TREE)
    registry = PluginRegistry(config.data, only=["orchard"])
    registry.load()
    migrate.rehearse(config, registry.found["orchard"])
    assert not {"orchard_tree", "alembic_version_orchard"} & tables(config)


def test_two_programs_that_start_together_upgrade_once(config, orchard):
    orchard(TREE, APPLE)
    failed: list[BaseException] = []
    ready = threading.Barrier(4)

    def start() -> None:
        registry = PluginRegistry(config.data, only=["orchard"])
        registry.load()
        ready.wait()
        try:
            migrate.upgrade(config, registry)
        except BaseException as error:  # noqa: BLE001 -- told to the test
            failed.append(error)
        if registry.found["orchard"].standing != "on":
            failed.append(ValueError(registry.found["orchard"].reason))

    programs = [threading.Thread(target=start) for _each in range(4)]
    for program in programs:
        program.start()
    for program in programs:
        program.join()
    assert failed == []
    assert {"orchard_tree", "orchard_apple"} <= tables(config)


ON_A_FILE = pytest.mark.sqlite_only("about the file")


@ON_A_FILE
def test_a_copy_is_made_before_an_upgrade_and_three_are_kept(config, orchard, upgraded, travel):
    upgraded()
    assert copies(config) == []
    steps = [TREE, APPLE, *(f"op.execute('SELECT {number}')" for number in range(3))]
    for count in range(1, 6):
        travel(seconds=1)
        orchard(*steps[:count])
        upgraded("orchard")
    assert len(copies(config)) == 3
    assert all(path.suffix == ".db" for path in copies(config))
    with sqlite3.connect(copies(config)[0]) as oldest:
        assert oldest.execute("SELECT version_num FROM alembic_version_orchard").fetchall() == [("orchard_0002",)]


@ON_A_FILE
def test_a_start_that_upgrades_nothing_keeps_no_copy(config, orchard, upgraded, travel):
    """Or three starts of an older program, or with a plugin that cannot migrate, would drive out all real copies."""
    upgraded()
    orchard(TREE)
    upgraded("orchard")
    made = copies(config)
    orchard(TREE, APPLE + "\n    raise ValueError('no')")
    travel(seconds=1)
    upgraded("orchard")
    write(config, "UPDATE alembic_version SET version_num = '9999'")
    travel(seconds=1)
    with pytest.raises(Fault, match="made by a newer Fallow"):
        upgraded("orchard")
    assert copies(config) == made != []


@ON_A_FILE
def test_a_copy_that_cannot_be_made_ends_the_upgrade(config, orchard, upgraded):
    upgraded()
    (config.data / "backups").write_text("no folder")
    orchard(TREE)
    with pytest.raises(Fault, match="cannot be copied before its upgrade"):
        upgraded("orchard")
    assert "orchard_tree" not in tables(config)


@ON_A_FILE
@pytest.mark.parametrize("spoil", [lambda file: file.write_text("no database " * 100), lambda file: file.mkdir()])
def test_a_file_that_is_no_database_is_told_in_one_line(config, upgraded, spoil):
    spoil(config.data / "fallow.db")
    with pytest.raises(Fault, match="cannot be used") as told:
        upgraded()
    assert "\n" not in told.value.message


@ON_A_FILE
def test_a_table_can_be_rebuilt_without_losing_what_hangs_on_it(config, orchard, upgraded):
    child = (
        "op.create_table('orchard_apple', sa.Column('id', sa.Integer, primary_key=True),"
        " sa.Column('tree_id', sa.Integer, sa.ForeignKey('orchard_tree.id', ondelete='CASCADE')))"
    )
    orchard(TREE, child)
    upgraded("orchard")
    write(config, "INSERT INTO orchard_tree (id) VALUES (1)", "INSERT INTO orchard_apple (id, tree_id) VALUES (1, 1)")
    rebuild = "with op.batch_alter_table('orchard_tree', recreate='always') as batch: "
    orchard(TREE, child, rebuild + "batch.add_column(sa.Column('age', sa.Integer))")
    assert upgraded("orchard").found["orchard"].standing == "on"
    with opened(config) as engine, engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM orchard_apple")).scalar() == 1


@ON_A_FILE
def test_a_rebuild_that_leaves_a_dangling_reference_is_undone(config, orchard, upgraded):
    child = (
        "op.create_table('orchard_apple', sa.Column('id', sa.Integer, primary_key=True),"
        " sa.Column('tree_id', sa.Integer, sa.ForeignKey('orchard_tree.id')))"
    )
    orchard(TREE, child)
    upgraded("orchard")
    orchard(TREE, child, "op.execute('INSERT INTO orchard_apple (id, tree_id) VALUES (1, 99)')")
    assert "dangling reference in orchard_apple" in upgraded("orchard").found["orchard"].reason


@ON_A_FILE
def test_a_program_that_is_up_to_date_need_not_wait_for_a_writer(config, upgraded):
    upgraded()
    with opened(config) as engine, engine.connect() as connection, connection.begin():
        upgraded()


def test_a_file_in_a_folder_with_a_strange_name(tmp_path, plant):
    strange = Config(data=tmp_path / "a %20 b: ü")
    strange.data.mkdir()
    registry = PluginRegistry(strange.data, only=())
    registry.load()
    migrate.upgrade(strange, registry)
    assert "card" in tables(strange)
