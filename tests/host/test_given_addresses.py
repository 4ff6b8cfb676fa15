"""Other addresses of services, as the installation gives them."""

from dataclasses import replace

import pytest

from host.config import Config, load
from host.errors import Fault
from host.given_addresses import given_addresses

USUAL = {"api": "https://api.example", "site": "https://example"}


@pytest.fixture
def wrote(tmp_path, monkeypatch):
    """`wrote("toml", "environment")`: the addresses that come of these."""

    def load_with(toml="", environment=None):
        (tmp_path / "fallow.toml").write_text(toml, encoding="utf-8")
        if environment is not None:
            monkeypatch.setenv("FALLOW_ADDRESSES", environment)
        return load(data=tmp_path).addresses

    monkeypatch.delenv("FALLOW_ADDRESSES", raising=False)
    return load_with


def test_none_unless_given(wrote):
    assert wrote() == Config().addresses == {}


@pytest.mark.parametrize(
    "table", ['"garden.gate.api" = "http://127.0.0.1:9/"', 'garden.gate.api = "http://127.0.0.1:9"']
)
def test_a_table_gives_them(wrote, table):
    assert wrote(f"[addresses]\n{table}") == {"garden.gate.api": "http://127.0.0.1:9"}


def test_the_environment_gives_them_and_wins(wrote):
    given = " garden.gate.api=http://[::1]:9/a/ , garden.gate.site=https://gate.example,"
    expected = {"garden.gate.api": "http://[::1]:9/a", "garden.gate.site": "https://gate.example"}
    assert wrote('[addresses]\n"garden.gate.api" = "http://other.example"', given) == expected


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("garden.gate.api", "takes name=address"),
        ("gate=https://gate.example", "has names such as"),
        ("Garden gate.api=https://gate.example", "has names such as"),
        ("garden.gate.api=", "garden.gate.api is an address"),
        ("garden.gate.api=gate.example", "garden.gate.api is an address"),
        ("garden.gate.api=javascript:alert(1)", "garden.gate.api is an address"),
        ("garden.gate.api=https://[::1", "garden.gate.api is an address"),
        ("garden.gate.api=https://gate.example:port", "garden.gate.api is an address"),
        ("garden.gate.api=https://gate.example?a=b", "garden.gate.api is an address"),
    ],
)
def test_what_is_none_is_refused_by_name(wrote, given, said):
    with pytest.raises(Fault, match=said):
        wrote(environment=given)


@pytest.mark.parametrize("toml", ["addresses = 3", "addresses = ['a']", "[addresses]\n'garden.gate.api' = 3"])
def test_a_file_with_something_else_is_refused(wrote, toml):
    with pytest.raises(Fault, match="addresses"):
        wrote(toml)


@pytest.mark.sqlite_only("settings are no tables")
def test_only_what_is_given_takes_the_place_of_the_usual(app):
    fallow = app.extensions["fallow"]
    before = fallow.config
    fallow.config = replace(
        before, addresses={"garden.gate.api": "http://127.0.0.1:9", "other.api": "http://no.example"}
    )
    try:
        assert given_addresses("garden.gate", USUAL) == {"api": "http://127.0.0.1:9", "site": "https://example"}
        assert given_addresses("garden.fence", USUAL) == USUAL
    finally:
        fallow.config = before
