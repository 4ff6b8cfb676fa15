"""Every test that uses `app` runs on both databases, unless marked `sqlite_only("why")` or where one is enough."""

import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from host.testing import Database, SqliteDatabase
    from host.testing.database import Plugins
    from tests.postgres import PostgresTemplates

pytest_plugins = [
    "host.testing",
    "tests.api_programs",
    "tests.certificates",
    "tests.counting",
    "tests.http_server",
    "tests.outgoing",
    "tests.peers.peer",
    "tests.planting",
    "tests.postgres",
    "tests.redis_server",
    "tests.smtp_server",
]

HERE = Path(__file__).parent
ON_BOTH = [pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]
ON_SQLITE = ON_BOTH[:1]
# A page or an executable is the same on either database; what lies below is tested by the others.
SQLITE_FOLDERS = ("browser", "frozen", "faults")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "sqlite_only(reason): this cannot be or need not be tried on PostgreSQL")
    config.addinivalue_line("markers", "on_both: this is tried on PostgreSQL too, where its neighbours are not")


def pytest_collection_finish() -> None:
    """A tenth of all that the tests did was looking for garbage among what was imported and collected, and stays."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    from tests import postgres  # after pytest has taken it in hand as a plugin

    if "database" in metafunc.fixturenames:
        marker = metafunc.definition.get_closest_marker("sqlite_only")
        if marker is not None and not marker.args:
            raise pytest.UsageError(f"{metafunc.definition.nodeid}: sqlite_only needs a reason")
        folder = metafunc.definition.path.relative_to(HERE).parts[0]
        both = folder not in SQLITE_FOLDERS or metafunc.definition.get_closest_marker("on_both")
        once = marker is not None or not both or not postgres.wanted()
        metafunc.parametrize("database", ON_SQLITE if once else ON_BOTH, indirect=True)


@pytest.fixture
def database(request: pytest.FixtureRequest, sqlite: "SqliteDatabase") -> "Database":
    if request.param == "sqlite":
        return sqlite
    postgres: PostgresTemplates = request.getfixturevalue("postgres")
    return postgres


@pytest.fixture
def plugins(request: pytest.FixtureRequest) -> "Plugins":
    """The host's tests run without any plugin, a plugin's with that one, all others with all of ours."""
    folder = request.path.relative_to(HERE).parts
    if folder[0] == "host":
        return ()
    return (folder[1],) if folder[0] == "plugins" else None


@pytest.fixture(autouse=True, scope="session")
def quick_passwords() -> Iterator[None]:
    """A hash that is slow on purpose would be a good part of all that the tests do."""
    from host.models import user

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(user, "HASHING", "pbkdf2:sha256:1")
        yield


@pytest.fixture(autouse=True)
def forget_folder_plugins() -> Iterator[None]:
    """A plugin in one test's data folder must not be taken for the one of the same name in another's."""
    before = list(sys.path)
    yield
    folders = tuple(f"{folder}/" for folder in sys.path if folder not in before)
    sys.path[:] = before
    if folders:
        from host.plugging import models

        files = {name: str(getattr(module, "__file__", "")) for name, module in sys.modules.items()}
        found = [name for name, file in files.items() if file.startswith(folders)]
        for package in {name.partition(".")[0] for name in found}:
            models.forget(package)
