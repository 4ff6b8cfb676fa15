"""The addresses among the settings: what they may be, and what is said of others."""

import pytest
from sqlalchemy import make_url

from host.config import Config, load
from host.errors import Fault
from host.jobs.store import huey_for

DRIVEN = "postgresql+psycopg://me:s3cret@db.example.org:5432/fallow"


@pytest.fixture
def said(tmp_path, monkeypatch):
    """said("database_url", "…"): the settings with this in the environment."""

    def load_with(name: str, value: str) -> Config:
        monkeypatch.setenv(f"FALLOW_{name.upper()}", value)
        return load(data=tmp_path)

    return load_with


@pytest.mark.parametrize(
    "typed",
    [
        DRIVEN,
        DRIVEN.replace("+psycopg", ""),
        DRIVEN.replace("postgresql+psycopg", "postgres"),
        DRIVEN.replace("psycopg", "asyncpg"),
    ],
)
def test_postgresql_is_known_however_it_is_written(said, typed):
    assert said("database_url", typed).database == DRIVEN


def test_a_file_is_the_same_one_from_whatever_folder_one_starts(said, tmp_path, monkeypatch):
    """Alembic would look for it where we stand, and Flask-SQLAlchemy beside the program."""
    monkeypatch.chdir("/")
    assert make_url(said("database_url", "sqlite:///boards.db").database).database == str(tmp_path / "boards.db")
    assert said("database_url", f"sqlite:///{tmp_path}/x.db").database == f"sqlite:///{tmp_path}/x.db"
    assert said("database_url", "sqlite+pysqlite:///x.db?timeout=5").on_sqlite


def test_nothing_means_the_file_in_the_data_folder(said, tmp_path):
    assert make_url(said("database_url", "").database).database == str(tmp_path / "fallow.db")


@pytest.mark.parametrize("typed", ["sqlite://", "sqlite:///", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused(said, typed):
    with pytest.raises(Fault, match="database_url must name a file"):
        said("database_url", typed)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("fallow.db", "fallow.db"),
        ("://", ""),
        ("mysql://me:s3cret@host/fallow", "mysql"),
        ("postgresql://me:s3cret@host:port/x", "postgresql"),
    ],
)
def test_another_database_is_refused_without_its_password(said, typed, kind):
    with pytest.raises(Fault) as refused:
        said("database_url", typed)
    assert refused.value.message == f"database_url takes sqlite:///… or postgresql://…, not “{kind}”."


def test_postgresql_without_its_package_is_one_clear_line(said, monkeypatch):
    monkeypatch.setattr("host.addresses.find_spec", lambda _name: None)
    with pytest.raises(Fault, match=r"pip install 'fallow\[server\]'"):
        said("database_url", DRIVEN)


@pytest.mark.parametrize("typed", ["https://fallow.example.org", "http://[::1]:8000/", "http://board.local:7333", ""])
def test_what_people_may_type(said, typed):
    assert said("public_url", typed).public_url == typed


@pytest.mark.parametrize(
    "typed", ["fallow.example.org", "ftp://x", "http://", "javascript:alert(1)", "http://[::1", "http://x:abc", "//x"]
)
def test_what_no_browser_would_open(said, typed):
    with pytest.raises(Fault) as refused:
        said("public_url", typed)
    assert refused.value.message == f"public_url is like https://fallow.example.org, not “{typed}”."


@pytest.mark.parametrize(
    ("typed", "said_of_it"),
    [
        ("sqlite:////nowhere/huey.db", "Huey's file /nowhere/huey.db cannot be used: unable to open database file."),
        ("sqlite://", "huey_url must name a file"),
        ("postgresql://me@127.0.0.1:1/x", "Huey's store in PostgreSQL cannot be used: connection failed"),
    ],
)
def test_a_store_of_hueys_that_cannot_be_used_is_one_line(tmp_path, typed, said_of_it):
    with pytest.raises(Fault) as refused:
        huey_for(Config(data=tmp_path, huey_url=typed))
    assert refused.value.message.startswith(said_of_it)
    assert "\n" not in refused.value.message
