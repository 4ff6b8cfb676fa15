"""A Redis or Valkey for a test: one of its own, that it may stop and start again. It takes a few milliseconds."""

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.patience import until

MISSING = "no redis-server and no valkey-server on the PATH: apt install redis-server"
# Runs the server for as long as its own input is open, which ends with the tests, however they end.
KEEPER = """
folder=$1; shift
"$@" & server=$!
cat >/dev/null
kill -KILL "$server"; wait "$server"
rm -rf "$folder"
"""
PROGRAMS = ("redis-server", "valkey-server")


@dataclass
class RedisServer:
    """Keeps nothing on disk: one that is started again has forgotten everything."""

    folder: Path
    program: str
    port: int
    _keeper: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        self.folder.mkdir()
        where = ["--bind", "127.0.0.1", "--port", str(self.port), "--dir", self.folder, "--pidfile", self._pid_file]
        command = [self.program, *where, "--save", "", "--appendonly", "no"]
        kept = ["sh", "-c", KEEPER, "sh", self.folder, *command]
        none = subprocess.DEVNULL
        self._keeper = subprocess.Popen(kept, stdin=subprocess.PIPE, stdout=none, stderr=none, start_new_session=True)
        until(self._answers)

    def stop(self) -> None:
        """At once, as `kill -9` would."""
        if self._keeper is not None:
            self._keeper.communicate(timeout=30)
            self._keeper = None

    def fall_silent(self) -> None:
        """It is there, takes connections, and says nothing."""
        os.kill(self._pid, signal.SIGSTOP)

    def go_on(self) -> None:
        os.kill(self._pid, signal.SIGCONT)

    @property
    def _pid_file(self) -> Path:
        return self.folder / "pid"

    @property
    def _pid(self) -> int:
        return int(self._pid_file.read_text())

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0 and self._pid_file.exists()


@pytest.fixture
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A server that runs; without one the test is skipped, or fails where FALLOW_REQUIRE_REDIS is set."""
    program = next(filter(shutil.which, PROGRAMS), None)
    if program is None:
        (pytest.fail if os.environ.get("FALLOW_REQUIRE_REDIS") else pytest.skip)(MISSING)
    server = RedisServer(tmp_path_factory.mktemp("redis") / "data", program, free_port())
    server.start()
    yield server
    server.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
