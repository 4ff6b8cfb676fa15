"""fallow init, user and token."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from host.db import db
from host.models import ApiToken, Event, Role, User
from host.models.token import Scope
from tests.host.commands.conftest import Fallow, refused


def people(fallow: Fallow) -> dict[str, dict[str, Any]]:
    listed = json.loads(fallow("user", "list", "--json").stdout)
    return {each["handle"]: each for each in listed}


def test_init_makes_a_space_and_its_owner(fallow: Fallow) -> None:
    result = fallow("init", "--name", "Meadow", "--email", "Ada.Field@example.org")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[0].split() == ["space", "Meadow"]
    owner = people(fallow)["ada-field"]
    assert (owner["name"], owner["email"], owner["role"]) == ("Ada Field", "ada.field@example.org", "owner")
    assert not owner["can_sign_in"]


def test_init_takes_a_name_and_a_password(fallow: Fallow) -> None:
    words = ("init", "--name", "Meadow", "--email", "a@example.org", "--owner", "Ada", "--password-stdin")
    assert fallow(*words, typed="a sentence is good\n").exit_code == 0
    assert people(fallow)["ada"]["can_sign_in"]


def test_init_a_second_time_changes_nothing(space: Fallow) -> None:
    refused(
        space("init", "--name", "Other", "--email", "b@example.org"),
        "There is a space in this data folder already; add people with `fallow user add`.",
    )
    assert list(people(space)) == ["ada-field"]


@pytest.mark.parametrize(
    ("words", "typed", "said"),
    [
        (["--email", "nobody"], "", "“nobody” is no e-mail address."),
        (["--email", "a@example.org", "--owner", " "], "", "A name has 1 to 120 characters."),
        (["--email", "a@example.org", "--password-stdin"], "short\n", "Use at least 10 characters."),
        (["--email", "a@example.org", "--password-stdin"], "", "There was no password on standard input."),
    ],
    ids=["no address", "no name", "short password", "no password"],
)
def test_init_says_what_is_wrong_and_writes_nothing(fallow: Fallow, words: list[str], typed: str, said: str) -> None:
    refused(fallow("init", "--name", "Meadow", *words, typed=typed), said)
    assert fallow("init", "--name", "Meadow", "--email", "ada@example.org").exit_code == 0


def test_user_add_and_list(space: Fallow) -> None:
    assert space("user", "add", "--name", "Ben", "--email", "ben@example.org", "--role", "admin").exit_code == 0
    assert people(space)["ben"]["role"] == "admin"
    lines = space("user", "list").stdout.splitlines()
    assert lines[0].split() == ["id", "name", "handle", "email", "role", "active", "can_sign_in"]
    assert [line.split()[1] for line in lines[1:]] == ["Ada", "Ben"]


def test_two_people_have_not_the_same_address(space: Fallow) -> None:
    refused(
        space("user", "add", "--name", "Ada", "--email", "ADA.field@example.org"),
        "Somebody in this space already has this address.",
    )


@pytest.mark.parametrize("who", ["ben@example.org", "BEN@example.org", "ben", "@ben"])
def test_a_person_is_named_by_address_or_handle(space: Fallow, who: str) -> None:
    space("user", "add", "--name", "Ben", "--email", "ben@example.org")
    assert space("user", "role", who, "owner").exit_code == 0
    assert people(space)["ben"]["role"] == "owner"


def test_the_last_owner_stays(space: Fallow) -> None:
    refused(space("user", "role", "ada-field", "member"), "A space keeps at least one owner.")
    refused(space("user", "deactivate", "ada-field"), "A space keeps at least one owner.")
    space("user", "add", "--name", "Ben", "--email", "ben@example.org", "--role", "owner")
    assert space("user", "deactivate", "ada-field").exit_code == 0
    assert not people(space)["ada-field"]["active"]


def test_what_is_done_to_people_stands_in_the_log(space: Fallow, make_app: Any, data: Any) -> None:
    space("user", "add", "--name", "Ben", "--email", "ben@example.org")
    space("user", "role", "ben", "admin")
    space("user", "role", "ben", "admin")
    space("token", "create", "--user", "ben", "--scope", "read", "--name", "backup")
    space("user", "deactivate", "ben")
    make_app(plugins=(), data=data, database_url=f"sqlite:///{data / 'fallow.db'}")
    told = db.session.scalars(select(Event).where(Event.board_id.is_(None)).order_by(Event.id)).all()
    assert [(each.kind, each.creator.role) for each in told] == [
        ("person_joined", Role.SYSTEM),
        ("role_changed", Role.SYSTEM),
        ("person_dismissed", Role.SYSTEM),
    ]
    assert told[1].particulars == {"user_id": told[0].particulars["user_id"], "role": "admin", "old_role": "member"}
    assert db.session.scalars(select(ApiToken)).all() == []


def test_a_new_password(space: Fallow, make_app: Any, data: Any) -> None:
    assert space("user", "password", "ada-field", "--password-stdin", typed="a longer one\n").exit_code == 0
    refused(space("user", "password", "ada-field"), "Give the password with --password-stdin.")
    make_app(plugins=(), data=data, database_url=f"sqlite:///{data / 'fallow.db'}")
    assert User.by_credentials("ada.field@example.org", "a longer one") is not None
    assert User.by_credentials("ada.field@example.org", "another one") is None


def test_nobody_of_that_name(space: Fallow) -> None:
    refused(space("user", "deactivate", "nobody"), "Nobody in Meadow has the address or handle “nobody”.")
    refused(space("user", "deactivate", "system"), "Nobody in Meadow has the address or handle “system”.")


def test_before_there_is_a_space(fallow: Fallow) -> None:
    refused(fallow("user", "list"), "There is no space yet: `fallow init` makes one.")
    refused(fallow("user", "list", "--space", "Meadow"), "There is no space “Meadow”.")


def test_a_token_is_printed_once_and_kept_as_a_digest(space: Fallow, make_app: Any, data: Any) -> None:
    result = space("token", "create", "--user", "ada-field", "--scope", "read", "--name", "backup")
    [token] = result.stdout.split()
    make_app(plugins=(), data=data, database_url=f"sqlite:///{data / 'fallow.db'}")
    found = ApiToken.find(token)
    assert (found.user.handle, found.scope, found.name) == ("ada-field", Scope.READ, "backup")
    assert token.encode() not in (data / "fallow.db").read_bytes()


def test_no_token_for_who_is_gone(space: Fallow) -> None:
    space("user", "add", "--name", "Ben", "--email", "ben@example.org")
    space("user", "deactivate", "ben")
    refused(space("token", "create", "--user", "ben", "--scope", "write"), "Ben is deactivated.")
