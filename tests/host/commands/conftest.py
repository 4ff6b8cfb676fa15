"""The command line, in this process."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from host.cli import cli

Fallow = Callable[..., Result]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data folder of the commands."""
    return tmp_path / "data"


@pytest.fixture
def fallow(data: Path, monkeypatch: pytest.MonkeyPatch) -> Fallow:
    """`fallow("user", "list")` runs a command on a data folder of this test, without any plugin."""
    monkeypatch.setenv("FALLOW_PLUGINS", "")
    monkeypatch.setenv("FALLOW_DATA", str(data))
    monkeypatch.delenv("FALLOW_DATABASE_URL", raising=False)

    def run(*words: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(cli, [*words], input=typed, prog_name="fallow")

    return run


@pytest.fixture
def space(fallow: Fallow) -> Fallow:
    """The same, with a space called Meadow and its owner Ada."""
    assert fallow("init", "--name", "Meadow", "--email", "ada.field@example.org").exit_code == 0
    return fallow


def refused(result: Result, said: str) -> None:
    """It ended with 1 and one line on stderr that says so."""
    assert result.exit_code == 1, result.output
    assert result.stderr == f"fallow: {said}\n"
    assert result.stdout == ""
