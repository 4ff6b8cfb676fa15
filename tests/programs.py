"""The program as a process of its own, as people start it."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

from tests.patience import PATIENCE, until

ADDRESS = re.compile(r"http://\S+")


@dataclass
class Program:
    """One that runs; what it says goes to files, so that it never waits for a reader."""

    process: "subprocess.Popen[bytes]"
    out: Path
    err: Path

    @property
    def said(self) -> str:
        return self.out.read_text()

    @property
    def complained(self) -> str:
        return self.err.read_text()

    @property
    def url(self) -> str:
        """The address that it said, once it has."""
        until(lambda: "\n" in self.said or self.process.poll() is not None, or_else=lambda: self.complained)
        found = ADDRESS.search(self.said)
        assert found, self.complained
        return found[0]

    @property
    def base(self) -> str:
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    def ask_to_stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    def ended(self) -> int:
        """Its exit code, once it has ended."""
        return self.process.wait(PATIENCE)

    def stop(self) -> int:
        self.ask_to_stop()
        return self.ended()


def run(*arguments: str, data: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """The command, to its end."""
    env = surroundings(data, environment)
    return subprocess.run(command(*arguments), env=env, capture_output=True, text=True, timeout=PATIENCE, check=False)


def begin(*arguments: str, data: Path, number: int = 0, **environment: str) -> Program:
    """The command, running on."""
    data.mkdir(parents=True, exist_ok=True)
    out, err = data.parent / f"out-{number}", data.parent / f"err-{number}"
    with out.open("wb") as to_out, err.open("wb") as to_err:
        env, none = surroundings(data, environment), subprocess.DEVNULL
        process = subprocess.Popen(command(*arguments), env=env, stdout=to_out, stderr=to_err, stdin=none)
    return Program(process, out, err)


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "host", *arguments]


def surroundings(data: Path, environment: dict[str, str]) -> dict[str, str]:
    """Nothing of this machine's but what a process cannot do without; no plugins unless asked for."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT", "TEMP") if name in os.environ}
    return {**kept, "FALLOW_DATA": str(data), "FALLOW_PLUGINS": "", **environment}


@contextmanager
def get(url: str, **headers: str) -> Iterator[HTTPResponse]:
    """One GET, as it begins to be answered; redirects are not followed."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=PATIENCE)
    path = f"{parts.path or '/'}?{parts.query}"
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    try:
        yield answer
    finally:
        answer.close()
        connection.close()


def signed_in(launch_url: str) -> str:
    """The cookie that a one-time address gives."""
    with get(launch_url) as answer:
        assert answer.status == 302, answer.read()
        return answer.headers["Set-Cookie"].partition(";")[0]
