"""Addresses of our pages for whoever reads them elsewhere."""

import pytest

from host.desktop.instance import Instance
from host.links import absolute_url, absolute_url_for

pytestmark = pytest.mark.sqlite_only("an address is the same on either")


def test_below_the_address_that_people_type(make_app):
    make_app(plugins=(), public_url="https://fallow.example/")
    assert absolute_url("/cards/12") == "https://fallow.example/cards/12"
    assert absolute_url_for("cards.show", number=12) == "https://fallow.example/cards/12"


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ({}, "http://127.0.0.1:7333/"),
        ({"host": "0.0.0.0", "port": 80}, "http://127.0.0.1:80/"),
        ({"host": "::1", "port": 8000}, "http://[::1]:8000/"),
    ],
)
def test_else_below_the_one_we_would_listen_on(make_app, settings, address):
    make_app(plugins=(), **settings)
    assert absolute_url("/") == address


def test_else_below_the_one_that_the_running_program_listens_on(make_app, tmp_path):
    make_app(plugins=(), data=tmp_path / "here")
    (tmp_path / "here" / "port").write_text("7444\n")
    assert absolute_url("/") == "http://127.0.0.1:7444/"
    Instance(tmp_path / "here").tell("http://127.0.0.1:7555")
    assert absolute_url("/") == "http://127.0.0.1:7555/"


@pytest.mark.parametrize("path", ["", "cards/12", "//evil.example", "https://evil.example"])
def test_what_is_no_path_of_ours(app, path):
    with pytest.raises(ValueError, match="no path of ours"):
        absolute_url(path)
