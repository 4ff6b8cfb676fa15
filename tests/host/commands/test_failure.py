"""Errors and warnings on the command line: one line each, and never a traceback."""

import errno
import logging
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from sqlalchemy.exc import OperationalError

from host.commands.failure import LOG, Failure, explained
from host.commands.quiet import OneLine
from host.errors import Fault, Invalid

ENDINGS = [click.UsageError("no"), click.Abort(), click.exceptions.Exit(3), BrokenPipeError(), KeyboardInterrupt()]


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FALLOW_DATA", str(tmp_path))
    return tmp_path


def failing(error: BaseException) -> Failure:
    with pytest.raises(Failure) as raised, explained():
        raise error
    assert raised.value.exit_code == 1
    assert raised.value.__cause__ is error
    return raised.value


def test_a_fault_says_itself(data: Path) -> None:
    assert failing(Fault("There is no such board.")).message == "There is no such board."
    assert not (data / LOG).exists()


def test_wrong_input_says_what_is_wrong_with_each_field() -> None:
    error = Invalid({"name": ["Too long."], "email": ["No address.", "Nor a short one."]})
    assert failing(error).message == "Too long. No address. Nor a short one."


def test_the_database_is_named_as_the_cause(data: Path) -> None:
    locked = OperationalError("SELECT secret", {}, Exception("database is\n locked."))
    assert failing(locked).message == "The database cannot be used: database is locked."
    assert not (data / LOG).exists()


def test_what_nobody_foresaw_is_kept_in_the_data_folder(data: Path) -> None:
    said = failing(ZeroDivisionError("a\nb")).message
    assert said == f"Something went wrong that should not (ZeroDivisionError: a b; more in {data / LOG})."
    failing(KeyError("second"))
    kept = (data / LOG).read_text()
    assert kept.count("Traceback") == 2
    assert "KeyError: 'second'" in kept


def test_a_full_disk_is_named_as_such(data: Path) -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    assert failing(full).message == "The disk is full: No space left on device."
    assert not (data / LOG).exists()


def test_a_folder_that_takes_no_log_changes_nothing(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FALLOW_DATA", str(data / "missing"))
    assert failing(ZeroDivisionError("a")).message == "Something went wrong that should not (ZeroDivisionError: a)."


def test_a_very_long_error_is_cut() -> None:
    assert len(failing(ValueError("x" * 10_000)).message) < 500


@pytest.mark.parametrize("ending", ENDINGS, ids=lambda ending: type(ending).__name__)
def test_clicks_own_endings_pass(ending: BaseException) -> None:
    with pytest.raises(type(ending)), explained():
        raise ending


def test_a_warning_is_one_line_with_its_cause() -> None:
    try:
        raise LookupError("no ladder")
    except LookupError as error:
        cause = (type(error), error, None)
        record = logging.LogRecord("x", logging.ERROR, "f", 1, "plugin %s failed", ("orchard",), cause)
    assert OneLine().format(record) == "fallow: plugin orchard failed (LookupError('no ladder'))"
    record.exc_info = None
    assert OneLine().format(record) == "fallow: plugin orchard failed"


def test_a_reader_that_goes_away_is_no_error(data: Path) -> None:
    """`fallow … | head -0`: the pipe is closed before anything is written."""
    environment = {**os.environ, "FALLOW_DATA": str(data), "FALLOW_PLUGINS": ""}
    command = [sys.executable, "-m", "host", "db", "current"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    process.wait(timeout=60)
    assert "Traceback" not in said
    assert not (data / LOG).exists()
