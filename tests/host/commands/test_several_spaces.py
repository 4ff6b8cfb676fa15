"""An installation with two spaces: commands ask which is meant."""

import json
from pathlib import Path
from typing import Any

import pytest

from host.db import db
from host.models import Account, User
from tests.host.commands.conftest import Fallow, refused

SEVERAL = "There are several spaces; name one with --space."


@pytest.fixture
def two(space: Fallow, make_app: Any, data: Path) -> Fallow:
    """Meadow, Ada's, and Heath, Bo's."""
    app = make_app(plugins=(), data=data, database_url=f"sqlite:///{data / 'fallow.db'}")
    owner = Account.open("Heath", owner_name="Bo", email="bo@example.org")
    User.join(owner.account, name="Ada Field", email="ada.field@example.org")
    db.session.commit()
    db.session.remove()
    assert app
    return space


@pytest.mark.parametrize(
    "words",
    [
        ("user", "list"),
        ("user", "add", "--name", "Cy", "--email", "cy@example.org"),
        ("user", "role", "ada-field", "admin"),
        ("token", "create", "--user", "ada-field", "--scope", "read"),
        ("import", "trello", __file__),
        ("demo",),
    ],
    ids=" ".join,
)
def test_the_space_must_be_named(two: Fallow, words: tuple[str, ...]) -> None:
    refused(two(*words), SEVERAL)


def test_a_named_space(two: Fallow) -> None:
    listed = json.loads(two("user", "list", "--space", "heath", "--json").stdout)
    assert [each["name"] for each in listed] == ["Ada Field", "Bo"]
    assert two("user", "role", "ada-field", "admin", "--space", "Heath").exit_code == 0
    [ada] = json.loads(two("user", "list", "--space", "Meadow", "--json").stdout)
    assert ada["role"] == "owner"


def test_a_space_that_is_not_there(two: Fallow) -> None:
    refused(two("user", "list", "--space", "Fen"), "There is no space “Fen”.")


def test_the_last_owner_of_each_space_stays(two: Fallow) -> None:
    refused(two("user", "deactivate", "bo", "--space", "Heath"), "A space keeps at least one owner.")


def test_demo_data_goes_where_it_is_told(two: Fallow) -> None:
    result = two("demo", "--cards", "3", "--boards", "1", "--space", "Heath")
    assert result.stdout == "3 cards lie on 1 board of “Heath” (bo@example.org).\n"
    assert two("demo", "--cards", "3", "--boards", "1", "--space", "Meadow").exit_code == 0
