"""Settings: where they come from, which wins, and what is no setting."""

import os
import stat
import threading
from pathlib import Path

import pytest

from host.config import PORT, Config, load
from host.errors import Fault


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that says nothing of ours."""
    for name in [name for name in os.environ if name.startswith("FALLOW_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def wrote(tmp_path: Path):
    """wrote("port = 8000"): the settings with this fallow.toml."""

    def load_with(toml: str, **given: object) -> Config:
        (tmp_path / "fallow.toml").write_text(toml, encoding="utf-8")
        return load(data=tmp_path, **given)

    return load_with


def test_the_later_wins_over_the_earlier(wrote, monkeypatch):
    assert wrote("").port == PORT
    assert wrote("port = 8000").port == 8000
    monkeypatch.setenv("FALLOW_PORT", "8001")
    assert wrote("port = 8000").port == 8001
    assert wrote("port = 8000", port=8002).port == 8002
    assert wrote("port = 8000", port=None).port == 8001


def test_the_data_folder_is_named_outside_of_itself(monkeypatch, tmp_path, wrote):
    assert wrote("data = 'elsewhere'").data == tmp_path
    monkeypatch.setenv("FALLOW_DATA", str(tmp_path / "named"))
    assert load().data == tmp_path / "named"
    assert load(data=tmp_path).data == tmp_path
    monkeypatch.chdir(tmp_path)
    assert load(data="here").data == tmp_path / "here"


@pytest.mark.parametrize("folder", ["plain", "with space", "50% off?", "ünïcode#1"])
def test_the_database_lies_in_the_data_folder_unless_named(tmp_path, folder):
    from sqlalchemy import make_url

    config = Config(data=tmp_path / folder)
    assert make_url(config.database).database == str(tmp_path / folder / "fallow.db")
    assert config.on_sqlite
    assert not Config(database_url="postgresql+psycopg://me@host/fallow").on_sqlite


@pytest.mark.parametrize(
    ("toml", "name", "value"),
    [
        ("port = '8000'", "port", 8000),
        ("port = 0", "port", 0),
        ("safe = true", "safe", True),
        ("strict = 'off'", "strict", False),
        ("plugins = ['entropy', ' notifications ']", "plugins", ("entropy", "notifications")),
        ("plugins = 'entropy, notifications,'", "plugins", ("entropy", "notifications")),
        ("plugins = ''", "plugins", ()),
        ("plugins = []", "plugins", ()),
        ("", "plugins", None),
        ("public_url = 'https://grüße.example.org'", "public_url", "https://grüße.example.org"),
    ],
)
def test_a_value_is_read_as_what_it_is(wrote, toml, name, value):
    assert getattr(wrote(toml), name) == value


@pytest.mark.parametrize(
    ("typed", "on"), [("1", True), ("Yes", True), ("TRUE", True), ("0", False), ("off", False), ("", False)]
)
def test_a_switch_in_the_environment(wrote, monkeypatch, typed, on):
    monkeypatch.setenv("FALLOW_SAFE", typed)
    assert wrote("").safe is on


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("port = 'soon'", "port takes a whole number, not “soon”."),
        ("port = '²'", "port takes a whole number, not “²”."),
        ("port = -1", "port takes a whole number, not “-1”."),
        ("port = true", "port takes a whole number, not “True”."),
        ("threads = 1.5", "threads takes a whole number, not “1.5”."),
        ("safe = 'perhaps'", "safe takes true or false, not “perhaps”."),
        ("plugins = 3", "plugins takes names separated by commas, not “3”."),
        ("trusted_hosts = [1]", "trusted_hosts takes names separated by commas, not “[1]”."),
        ("host = 127", "host takes text, not “127”."),
        ("colour = 'green'", "fallow.toml: unknown setting colour."),
        ("threads = 0", "threads is a number from 1 to 64, not 0."),
        ("largest_file = 0", "largest_file is a number from 1 to 1000, not 0."),
        ("largest_file = '25 MB'", "largest_file takes a whole number, not “25 MB”."),
        ("threads = 100000000", "threads is a number from 1 to 64, not 100000000."),
    ],
)
def test_what_is_no_value_is_said_in_one_sentence(wrote, toml, said):
    with pytest.raises(Fault) as refused:
        wrote(toml)
    assert refused.value.message == said


@pytest.mark.parametrize("spoilt", [b"port =", b"\xff\xfe", b'host = "caf\xe9"'])
def test_a_file_that_cannot_be_read_is_named(tmp_path, spoilt):
    (tmp_path / "fallow.toml").write_bytes(spoilt)
    with pytest.raises(Fault, match=r"fallow\.toml cannot be read: "):
        load(data=tmp_path)


def test_who_may_be_addressed():
    assert Config().allowed_hosts == ["localhost", "127.0.0.1", "[::1]"]
    served = Config(public_url="https://fallow.example.org:8443/", trusted_hosts=("board.local",))
    assert served.allowed_hosts[3:] == ["board.local", "fallow.example.org"]


def test_a_key_is_made_once_and_kept_for_its_owner_alone(tmp_path):
    key = Config(data=tmp_path).with_secret().secret_key
    assert len(key) == 64
    assert Config(data=tmp_path).with_secret().secret_key == key
    assert Config(data=tmp_path, secret_key="mine").with_secret().secret_key == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_another_key_encrypts_and_is_made_in_the_same_way(tmp_path):
    keys = Config(data=tmp_path).with_encryption_key().encryption_key
    assert Config(data=tmp_path).with_encryption_key().encryption_key == keys
    assert keys == ((tmp_path / "encryption.key").read_text(),)
    assert Config(data=tmp_path, encryption_key=("a" * 32,)).with_encryption_key().encryption_key == ("a" * 32,)


def test_a_key_that_was_given_is_not_repeated(wrote):
    told = wrote(f"encryption_key = '{'a' * 32}, {'b' * 40}'")
    assert told.encryption_key == ("a" * 32, "b" * 40)
    assert "a" * 32 not in repr(told)
    for given in ("'nearlyright'", "7654321", "['nearlyright']", "[1]"):
        with pytest.raises(Fault, match="encryption_key takes keys") as refused:
            wrote(f"encryption_key = {given}")
        assert not any(each in refused.value.message for each in ("nearly", "7654321"))


@pytest.mark.parametrize("typed", ["10.0.0.0/8, fd00::/8,127.0.0.1", ["10.0.0.0/8", "fd00::/8", "127.0.0.1"]])
def test_ranges_that_may_be_sent_to(wrote, typed):
    assert wrote(f"allow_networks = {typed!r}").allow_networks == ("10.0.0.0/8", "fd00::/8", "127.0.0.1")


@pytest.mark.parametrize("typed", ["10.0.0.1/8", "10.0.0.0/33", "printer", "10.0.0.0-10.0.0.9", "::1::"])
def test_what_is_no_range_is_one_sentence(wrote, typed):
    with pytest.raises(Fault, match=r"allow_networks takes ranges such as 10\.0\.0\.0/8, not"):
        wrote(f"allow_networks = ['10.0.0.0/8', '{typed}']")


def test_two_first_starts_agree_on_one_key(tmp_path):
    together, keys = threading.Barrier(8), set()

    def start() -> None:
        together.wait()
        keys.add(Config(data=tmp_path).with_secret().secret_key)

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert keys == {(tmp_path / "secret.key").read_text()}


def test_a_key_that_a_full_disk_left_empty_is_made_anew(tmp_path):
    (tmp_path / "secret.key").write_text("\n")
    key = Config(data=tmp_path).with_secret().secret_key
    assert len(key) == 64
    assert Config(data=tmp_path).with_secret().secret_key == key


def test_a_key_that_cannot_be_read_is_one_sentence(tmp_path):
    (tmp_path / "secret.key").mkdir()
    with pytest.raises(Fault, match=r"The key in .*secret\.key cannot be used: Is a directory\."):
        Config(data=tmp_path).with_secret()


def test_somebodys_home_that_is_none_is_one_sentence():
    with pytest.raises(Fault, match=r"There is no home folder for ~no-such-person/fallow\."):
        load(data="~no-such-person/fallow")


def test_a_folder_that_has_no_links_keeps_a_key_too(tmp_path, monkeypatch):
    def without_links(*_paths: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", without_links)
    key = Config(data=tmp_path).with_secret().secret_key
    assert Config(data=tmp_path).with_secret().secret_key == key
    assert (key, [path.name for path in tmp_path.iterdir()]) == ((tmp_path / "secret.key").read_text(), ["secret.key"])
