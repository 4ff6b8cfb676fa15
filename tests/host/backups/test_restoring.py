"""Restoring: whole or not at all, with a copy of what was there, and jobs at rest afterwards."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from host import migrate
from host.backups import Shelf, archive, back_up, cipher, making, portable, restore, snapshot, verify
from host.backups.manifest import FORMAT, Manifest
from host.clock import now
from host.db import db
from host.errors import Fault
from host.files import File
from host.files.folder import storage
from host.jobs import Job, JobState
from host.jobs.pauses import all_paused_at
from host.mail.server import MailServer, Security
from host.models import Account
from tests.host.backups.conftest import PASSPHRASE, cards, left_in


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_all_is_as_it_was_and_what_was_there_is_kept(filled, tmp_path, shelf, passphrase):
    made = back_up(tmp_path / "made", passphrase)
    filled.add_card("Later")
    db.session.commit()
    restored = restore(made, passphrase)
    assert cards() == ["Bake"]
    assert all_paused_at()
    assert restored.lost == 0
    [before] = Shelf().all()
    assert (before.path, before.before_restore) == (restored.before, True)
    restore(restored.before)
    assert cards() == ["Bake", "Later"]


def test_a_content_that_was_thrown_away_is_back(filled, shelf):
    made = back_up()
    [sha] = verify(made).contents
    storage().delete(sha)
    restore(made)
    assert db.session.query(File).one().read() == b"a pear"


def test_files_that_came_since_stay_until_the_cleanup(filled, owner, shelf):
    made = back_up()
    later = File.keep(BytesIO(b"a plum"), "plum.txt", owner).sha256
    db.session.commit()
    restore(made)
    assert later in set(storage().keys())
    assert db.session.query(File).count() == 1


def test_who_has_the_database_open_goes_on_with_the_restored_one(app, filled, shelf):
    made = back_up()
    filled.add_card("Later")
    db.session.commit()
    with db.engine.connect() as other:
        assert other.execute(text("SELECT count(*) FROM card")).scalar() == 2
        other.rollback()
        restore(made)
        assert other.execute(text("SELECT count(*) FROM card")).scalar() == 1


def changed(path, at, by=b"\x00\x01\x02"):
    whole = path.read_bytes()
    at = at if at >= 0 else len(whole) + at
    path.write_bytes(whole[:at] + by + whole[at + len(by) :])


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_one_that_was_cut_is_refused_and_nothing_has_changed(filled, tmp_path, shelf, passphrase, share):
    made = back_up(tmp_path / "made", passphrase)
    filled.add_card("Later")
    db.session.commit()
    made.write_bytes(made.read_bytes()[: int(made.stat().st_size * share)])
    for refused in (verify, restore):
        with pytest.raises(Fault, match=r"backup|passphrase"):
            refused(made, passphrase)
    assert cards() == ["Bake", "Later"]
    assert Shelf().all() == []
    assert left_in(shelf.parent) == []


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
@pytest.mark.parametrize("share", [0.02, 0.2, 0.4, 0.6, 0.8])
def test_one_that_was_changed_is_refused(filled, tmp_path, shelf, passphrase, share):
    made = back_up(tmp_path / "made", passphrase)
    changed(made, int(made.stat().st_size * share), by=b"\xff\x00\xaa" * 5)
    with pytest.raises(Fault):
        restore(made, passphrase)
    assert cards() == ["Bake"]


@pytest.mark.parametrize("what", [b"", b"Dear Ada", b"PK\x03\x04", cipher.MAGIC, cipher.MAGIC + b"{}\n" + b"x" * 99])
def test_what_is_no_backup_is_refused(filled, tmp_path, shelf, what):
    (tmp_path / "letter").write_bytes(what)
    with pytest.raises(Fault):
        restore(tmp_path / "letter", PASSPHRASE)
    assert cards() == ["Bake"]


def test_a_folder_and_nothing_at_all_are_refused_in_a_sentence(filled, tmp_path):
    for path in (tmp_path, tmp_path / "nothing"):
        with pytest.raises(Fault, match="cannot be read"):
            restore(path)


def test_another_passphrase_and_none_are_refused(filled, tmp_path, shelf):
    made = back_up(tmp_path / "made", PASSPHRASE)
    with pytest.raises(Fault, match="is encrypted"):
        restore(made)
    with pytest.raises(Fault, match="does not fit"):
        restore(made, "a walk in the short grass")


def rewritten(made, tmp_path, *, manifest=lambda told: told, database=lambda _path: None):
    """The same with another manifest or another database, as somebody might make it who knows the format."""
    with archive.opened(made, None, tmp_path) as found:
        found.database(tmp_path / "database")
        told = found.manifest
    database(tmp_path / "database")
    told = replace(
        told,
        database=snapshot.digest(tmp_path / "database"),
        size=(tmp_path / "database").stat().st_size,
        rows=snapshot.counted(tmp_path / "database"),
    )
    archive.write(tmp_path / "rewritten", tmp_path / "database", manifest(told), making._opened(told.contents))
    return tmp_path / "rewritten"


def run(path, *statements):
    import sqlite3

    with sqlite3.connect(path) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def step_back(path):
    """The tables as they were before the host's latest step."""
    config = migrate._config(migrate.HOST_MIGRATIONS)
    script = ScriptDirectory.from_config(config)
    back = lambda at, _context: script._downgrade_revs("-1", at)  # noqa: E731
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection, EnvironmentContext(config, script, fn=back) as environment:
        environment.configure(connection=connection, version_table="alembic_version", render_as_batch=True)
        environment.run_migrations()
    engine.dispose()


def test_one_of_a_newer_format_is_refused(filled, tmp_path, shelf):
    newer = rewritten(back_up(), tmp_path, manifest=lambda told: replace(told, format=FORMAT + 1))
    with pytest.raises(Fault, match="newer Fallow"):
        restore(newer)


def test_one_with_tables_of_a_newer_program_is_refused(filled, tmp_path, shelf):
    newer = rewritten(
        back_up(), tmp_path, database=lambda path: run(path, "UPDATE alembic_version SET version_num = '9999'")
    )
    with pytest.raises(Fault, match="newer Fallow"):
        restore(newer)
    assert cards() == ["Bake"]
    assert all_paused_at() is None


def test_one_with_tables_of_an_older_program_is_upgraded(filled, tmp_path, shelf):
    older = rewritten(back_up(), tmp_path, database=step_back)
    assert verify(older).rows["card"] == 1
    restore(older)
    assert cards() == ["Bake"]
    [newest] = migrate._heads(migrate.HOST_MIGRATIONS)
    assert db.session.scalar(text("SELECT version_num FROM alembic_version")) == newest


def test_one_with_rows_that_point_nowhere_is_refused(filled, tmp_path, shelf):
    odd = rewritten(back_up(), tmp_path, database=lambda path: run(path, "UPDATE card SET board_id = 99"))
    with pytest.raises(Fault, match="damaged"):
        restore(odd)


@pytest.mark.parametrize(
    "change",
    [{"size": -1}, {"contents": {"../../etc/passwd": 3}}, {"made_at": "2026-01-01"}, {"rows": [1]}, {"keys": [3]}],
)
def test_a_manifest_that_we_never_write_is_refused(filled, tmp_path, shelf, change):
    odd = rewritten(back_up(), tmp_path, manifest=lambda told: replace(told, **{"contents": {}, **change}))
    with pytest.raises(Fault, match="no backup"):
        restore(odd)


@pytest.mark.parametrize("given", [b"", b"[]", b"{}", b"null", b"[" * 100_000, b'{"format": "1"}', b'{"format": 1}'])
def test_a_manifest_that_is_none_is_refused(given):
    with pytest.raises(Fault):
        Manifest.read(given)


def test_a_crash_just_before_it_counts_leaves_what_was_there(filled, shelf, monkeypatch):
    made = back_up()
    filled.add_card("Later")
    db.session.commit()

    def die(*_paths):
        raise KeyboardInterrupt

    monkeypatch.setattr(snapshot, "put", die)
    monkeypatch.setattr(portable, "bring", die)
    with pytest.raises(KeyboardInterrupt):
        restore(made)
    assert cards() == ["Bake", "Later"]
    assert all_paused_at() is None


def test_while_a_job_runs_nothing_is_restored(filled, shelf):
    made = back_up()
    job = Job(task="host.forget_file", state=JobState.RUNNING, lease_until=now() + timedelta(minutes=1))
    db.session.add(job)
    db.session.commit()
    with pytest.raises(Fault, match=r"1 job is running just now. Pause all jobs"):
        restore(made)
    job.lease_until = now() - timedelta(minutes=1)  # its worker is gone
    restore(made)
    assert db.session.query(Job).count() == 0


@pytest.mark.sqlite_only("PostgreSQL looks after its own files")
def test_a_present_database_that_is_damaged_is_told_of(filled, tmp_path, shelf, monkeypatch):
    made = back_up(tmp_path / "made")

    def scribble(source, target):
        copied(source, target)
        with target.open("r+b") as file:
            file.seek(20 * 4096)
            file.write(b"\xff" * 20 * 4096)

    copied = snapshot.copy
    monkeypatch.setattr(snapshot, "copy", scribble)
    with pytest.raises(Fault, match="The present database is damaged"):
        restore(made)
    assert cards() == ["Bake"]


@pytest.fixture
def keyed(make_app, tmp_path):
    """`keyed("old")`: an installation with this key, on a database of its own."""
    return lambda key: make_app(plugins=[], data=tmp_path / key, encryption_key=(key * 40,))


@pytest.mark.parametrize(("passphrase", "lost"), [(PASSPHRASE, 0), (None, 1)])
def test_elsewhere_secrets_are_read_only_where_the_key_came_along(keyed, tmp_path, passphrase, lost):
    keyed("old")
    owner = Account.open("Meadow", owner_name="Ada Field", email="ada@example.org")
    where = {"host": "mail.example.org", "port": 465, "security": Security.TLS, "sender_address": "ada@example.org"}
    MailServer.keep(owner.account, **where, username="ada", password="hush")
    db.session.commit()
    made = back_up(tmp_path / "made", passphrase)
    keyed("new")
    assert restore(made, passphrase).lost == lost
    assert db.session.query(MailServer).one().password == ("" if lost else "hush")
    assert Account.any()
