"""How commands are found, and what a person sees when one cannot do its work."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result

from host.cli import COMMANDS
from host.commands import failure
from tests.host.commands.conftest import Fallow, refused
from tests.planting import Plant, plant

__all__ = ["plant"]

ORCHARD = """
import click
from host import db, hookimpl
from host.models import Account

@click.command()
def count():
    "Count the spaces."
    click.echo(db.session.query(Account).count())

@click.command()
def stumble():
    raise LookupError("no ladder")

@hookimpl
def register_commands():
    return [count, stumble]
"""


def test_every_command_is_there_and_says_what_it_does(fallow: Fallow) -> None:
    lines = fallow("--help").stdout.splitlines()
    for name in COMMANDS:
        assert any(line.split()[:1] == [name] and len(line.split()) > 2 for line in lines), name
        assert fallow(name, "--help").exit_code == 0


def test_the_version(fallow: Fallow) -> None:
    assert fallow("--version").stdout.startswith("fallow ")


WRONG = [("usr",), ("user", "ad"), ("user", "add"), ("demo", "--cards", "many"), ("--nothing",)]


@pytest.mark.parametrize("words", WRONG)
def test_wrong_usage_ends_with_2(fallow: Fallow, words: tuple[str, ...]) -> None:
    result = fallow(*words)
    assert result.exit_code == 2
    assert result.stderr.startswith("Usage: fallow")


@pytest.mark.parametrize(
    "words",
    [
        ("--data", "{other}", "db", "upgrade"),
        ("db", "upgrade", "--data", "{other}"),
        ("db", "--data={other}", "upgrade"),
    ],
    ids=["before", "after", "between"],
)
def test_the_data_folder_may_be_named_anywhere(
    fallow: Fallow, data: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    other = tmp_path / "other"
    assert fallow(*(word.format(other=other) for word in words)).exit_code == 0
    assert (other / "fallow.db").exists()
    assert not data.exists()


def test_what_follows_two_dashes_is_left_alone(space: Fallow) -> None:
    refused(space("user", "deactivate", "--", "--data"), "Nobody in Meadow has the address or handle “--data”.")


def test_a_data_folder_without_permission(fallow: Fallow, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "data"
    said = f"The data folder {folder} cannot be written: Not a directory."
    refused(fallow("db", "upgrade", "--data", str(folder)), said)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's folders to that user")
def test_a_new_data_folder_is_for_its_user_alone(fallow: Fallow, data: Path) -> None:
    fallow("db", "upgrade")
    assert data.stat().st_mode & 0o777 == 0o700


def test_settings_that_cannot_be_read(fallow: Fallow, data: Path) -> None:
    data.mkdir()
    (data / "fallow.toml").write_text("colour = 'green'\n")
    refused(fallow("user", "list"), "fallow.toml: unknown setting colour.")
    assert "Commands:" in fallow("--help").stdout


def test_an_error_nobody_foresaw_is_one_line_and_kept(
    space: Fallow, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_who: str, _space: str | None) -> None:
        raise RuntimeError("the\nroof leaks")

    monkeypatch.setattr("host.commands.user.the_person", broken)
    log = data / failure.LOG
    refused(
        space("user", "deactivate", "ada-field"),
        f"Something went wrong that should not (RuntimeError: the roof leaks; more in {log}).",
    )
    assert "Traceback" in log.read_text()


def test_no_command_imports_another() -> None:
    code = "import sys; from host.cli import cli; cli(['token', '--help'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    loaded = set(done.stdout.split())
    assert "host.commands.token" in loaded
    assert not {"host.commands.serve", "host.commands.imports", "plugins.entropy"} & loaded


class TestPlugins:
    """Commands of plugins in the data folder."""

    @pytest.fixture
    def orchard(self, space: Fallow, plant: Plant, monkeypatch: pytest.MonkeyPatch) -> Fallow:
        plant("cli_orchard", ORCHARD)
        monkeypatch.setenv("FALLOW_PLUGINS", "cli_orchard,cli_stump")
        return space

    def test_its_commands_lie_under_its_name_and_run_in_the_program(self, orchard: Fallow) -> None:
        assert orchard("cli_orchard", "count").stdout == "1\n"
        assert "Count the spaces." in orchard("cli_orchard", "--help").stdout
        assert "cli_orchard  For a test." in orchard("--help").stdout

    def test_what_it_raises_is_one_line(self, orchard: Fallow, data: Path) -> None:
        said = f"Something went wrong that should not (LookupError: no ladder; more in {data / failure.LOG})."
        refused(orchard("cli_orchard", "stumble"), said)

    def test_a_broken_one_leaves_the_rest(self, orchard: Fallow, plant: Plant) -> None:
        plant("cli_stump", "raise SystemExit(3)")
        assert orchard("cli_orchard", "count").stdout == "1\n"
        assert orchard("user", "list").exit_code == 0
        assert off(orchard("cli_stump", "anything")) == "cli_stump"

    def test_one_that_is_off_says_so(self, orchard: Fallow, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("FALLOW_PLUGINS", "")
        assert off(orchard("cli_orchard", "count")) == "cli_orchard"
        assert "cli_orchard" not in orchard("--help").stdout

    def test_one_that_was_switched_off_says_how_to_switch_it_on(
        self, orchard: Fallow, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("FALLOW_PLUGINS", raising=False)
        orchard("plugins", "disable", "cli_orchard")
        said = "The plugin cli_orchard is off. Switch it on with `fallow plugins enable cli_orchard`."
        refused(orchard("cli_orchard", "count"), said)


def off(result: Result) -> str:
    """The plugin whose command was refused because it is off."""
    assert result.exit_code == 1
    *_warnings, last = result.stderr.splitlines()
    assert last.startswith("fallow: The plugin ")
    return last.split()[3]


def test_doctor_finds_nothing(space: Fallow) -> None:
    result = space("doctor")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["ok"] * 5


def test_doctor_names_what_is_wrong_and_the_remedy(
    space: Fallow, plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant("cli_stump", "raise SystemExit(3)")
    monkeypatch.setenv("FALLOW_PLUGINS", "cli_stump")
    result = space("doctor", "--json")
    assert result.exit_code == 1
    [wrong] = [each for each in json.loads(result.stdout) if not each["ok"]]
    assert wrong["what"] == "plugins"
    assert "fallow plugins check cli_stump" in wrong["remedy"]
    assert result.stderr.splitlines()[-1] == "fallow: 1 thing is wrong."


def test_doctor_before_the_first_upgrade(fallow: Fallow) -> None:
    result = fallow("doctor")
    assert result.exit_code == 1
    assert "Run `fallow db upgrade`." in result.stdout
