"""`fallow backup` and `fallow restore`."""

import json

import pytest

from host.backups import cipher
from tests.host.commands.conftest import refused

PASSPHRASE = "a walk in the long grass"


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch):
    monkeypatch.setattr(cipher, "N", 2)


def said(result):
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize("words", [[], ["create"]])
def test_without_a_file_it_goes_into_the_folder_of_backups(space, data, words):
    made = said(space("backup", *words, "--json"))
    [listed] = said(space("backup", "list", "--json"))
    assert made["file"] == str(data / "backups" / listed["name"])
    assert said(space("backup", "verify", listed["name"], "--json"))["cards"] == 0


@pytest.mark.parametrize("words", [["{}"], ["create", "{}"], ["create", "-o", "{}"]])
def test_into_a_file(space, tmp_path, words):
    target = str(tmp_path / "meadow.backup")
    assert said(space("backup", *(word.format(target) for word in words), "--json"))["file"] == target
    refused(space("backup", target), f"{target} is there already.")


def test_there_and_back_with_a_passphrase(space, tmp_path):
    target = str(tmp_path / "meadow.backup")
    said(space("backup", target, "--passphrase-stdin", "--json", typed=f"{PASSPHRASE}\n"))
    assert space("user", "add", "--name", "Ben Hollow", "--email", "ben@example.org").exit_code == 0
    assert len(said(space("user", "list", "--json"))) == 2
    restored = space("restore", target, "--passphrase-stdin", typed=f"{PASSPHRASE}\n")
    assert "All jobs are paused" in restored.stdout
    assert len(said(space("user", "list", "--json"))) == 1
    [before] = said(space("backup", "list", "--json"))
    assert space("backup", "restore", before["name"]).exit_code == 0
    assert len(said(space("user", "list", "--json"))) == 2


def test_into_an_empty_folder(space, fallow, tmp_path, monkeypatch):
    target = str(tmp_path / "meadow.backup")
    said(space("backup", target, "--json"))
    monkeypatch.setenv("FALLOW_DATA", str(tmp_path / "elsewhere"))
    assert fallow("restore", target).exit_code == 0
    assert len(said(fallow("user", "list", "--json"))) == 1


def test_what_cannot_be_is_refused_in_a_line(space, tmp_path):
    (tmp_path / "letter").write_text("Dear Ada")
    refused(space("restore", str(tmp_path / "letter")), "This is no backup of Fallow, or not all of one.")
    refused(space("backup", "--passphrase-stdin", typed="hush\n"), "Use at least 10 characters.")
    refused(space("backup", "--passphrase"), "Give the passphrase with --passphrase-stdin.")
    assert said(space("backup", "list", "--json")) == []
