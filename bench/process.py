"""The program as people start it: a process of its own, from the source and, where they were built, as executables."""

import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 30  # seconds
ADDRESS = re.compile(r"http://\S+")


@dataclass
class Running:
    pid: int
    seconds: float  # from start to the whole first page
    url: str
    browser: urllib.request.OpenerDirector

    @property
    def cookie(self) -> str:
        """The header of whoever is signed in."""
        jars = (jar for handler in self.browser.handlers if (jar := getattr(handler, "cookiejar", None)) is not None)
        return "; ".join(f"{each.name}={each.value}" for jar in jars for each in jar)

    def get(self, path: str) -> bytes:
        return self.browser.open(self.url + path, timeout=PATIENCE).read()


def kinds() -> dict[str, Path]:
    """What can be started here, by what to call it."""
    found = {"source": Path(sys.executable).with_name("fallow")}
    for name, path in (("one folder", "fallow-app/fallow"), ("one file", "fallow")):
        if (ROOT / "dist" / path).is_file():
            found[name] = ROOT / "dist" / path
    return found


@contextmanager
def started(command: Path, data: Path) -> Iterator[Running]:
    """Start it as the desktop does, and follow the address that it opens to the first page."""
    environment = {**os.environ, "FALLOW_DATA": str(data), "FALLOW_NO_WINDOW": "1"}
    began = perf_counter()
    said = (data / "said").open("w")
    process = subprocess.Popen([command], env=environment, stdout=subprocess.PIPE, stderr=said, text=True)
    try:
        launch = _address(process)
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        page = browser.open(launch, timeout=PATIENCE).read()
        assert b"</html>" in page
        yield Running(process.pid, perf_counter() - began, launch.partition("/launch")[0], browser)
    finally:
        process.terminate()
        process.wait(PATIENCE)
        process.stdout.close()
        said.close()


def _address(process: "subprocess.Popen[str]") -> str:
    for line in process.stdout:
        if found := ADDRESS.search(line):
            return found[0]
    raise RuntimeError("it ended without an address")
