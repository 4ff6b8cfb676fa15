"""A space and its people: joining, handles, roles, leaving."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from host.db import db
from host.errors import Invalid
from host.handles import plain_handle
from host.models import Account, Role, User, UserSession
from host.models.user import HUES


def join(account, name, **more):
    return User.join(account, **{"name": name, "email": None, **more})


def test_a_new_space_has_an_owner_and_a_system_user(owner):
    account = owner.account
    assert (account.name, account.owner, owner.role, owner.is_admin) == ("Meadow", owner, Role.OWNER, True)
    assert (account.system.name, account.system.handle, account.system.role) == ("System", "system", Role.SYSTEM)
    assert account.people == [owner]


def test_people_come_by_name_without_the_system_and_those_who_left(account, owner, member):
    gone = join(account, "Aaron")
    gone.deactivate()
    assert account.people == [owner, member]


def test_without_an_owner_the_system_stands_in(account, owner):
    owner.role = Role.MEMBER
    db.session.flush()
    assert account.owner is account.system


def test_two_of_a_name_get_handles_of_their_own(account, owner):
    assert owner.handle == "ada-field"
    assert [join(account, "Ada Field").handle for _each in range(3)] == ["ada-field-2", "ada-field-3", "ada-field-4"]
    assert join(account, "Someone", handle="Ada.Field").handle == "ada-field-5"


def test_nobody_takes_the_systems_handle(account):
    assert join(account, "System").handle == "system-2"


def test_each_space_has_its_own_handles(owner):
    assert Account.open("Other", owner_name="Ada Field", email=None).handle == "ada-field"


@pytest.mark.parametrize(
    ("name", "handle"),
    [
        ("Ada Field", "ada-field"),
        ("  Zoë  Ångström ", "zoe-angstrom"),
        ("O'Neill & sons!", "o-neill-sons"),
        ("李雷", "someone"),
        ("---", "someone"),
        ("x" * 60, "x" * 32),
        ("a" * 31 + " b", "a" * 31),
    ],
)
def test_a_handle_is_made_from_the_name(name, handle):
    assert plain_handle(name) == handle


@given(st.text(max_size=80))
def test_any_name_makes_a_handle(name):
    handle = plain_handle(name)
    assert 0 < len(handle) <= 32
    assert set(handle) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert plain_handle(handle) == handle


def test_a_name_like_a_pattern_is_no_pattern(account):
    join(account, "a1b")
    assert join(account, "a_b").handle == "a-b"
    assert join(account, "a%").handle == "a"


@pytest.mark.parametrize("email", ["nobody", "@example.org", "a b@example.org", "a@", f"{'x' * 250}@e.org"])
def test_an_address_needs_the_look_of_one(account, email):
    with pytest.raises(Invalid) as refused:
        join(account, "Cleo", email=email)
    assert list(refused.value.errors) == ["email"]


def test_an_address_is_one_persons_in_a_space_and_may_be_in_another(account, owner):
    with pytest.raises(Invalid) as refused:
        join(account, "Ada again", email=" ADA@example.org\x00")
    assert list(refused.value.errors) == ["email"]
    assert Account.open("Other", owner_name="Ada", email="ada@example.org").email == owner.email


def test_many_may_have_no_address(account):
    assert [join(account, "Dot", email=email).email for email in (None, "", " ")] == [None] * 3


def test_initials_and_hue_never_fail(account):
    people = [join(account, name) for name in ("Ada", "Ada Mary Field", "é clair", "🌾")]
    assert [person.initials for person in people] == ["A", "AF", "ÉC", "🌾"]
    assert {person.hue for person in people} <= set(HUES)


def test_the_last_owner_stays_one(account, owner, member):
    for change in (lambda: owner.take_role(Role.MEMBER), owner.deactivate):
        with pytest.raises(Invalid, match="keeps at least one owner"):
            change()
    assert (owner.role, owner.active) == (Role.OWNER, True)
    member.take_role(Role.OWNER)
    owner.take_role(Role.ADMIN)
    assert account.owner is member
    with pytest.raises(Invalid):
        member.deactivate()


def test_an_owner_of_another_space_does_not_count(account, owner, stranger):
    with pytest.raises(Invalid):
        owner.take_role(Role.MEMBER)


def test_whoever_leaves_is_signed_out_everywhere_and_what_they_made_stays(board, owner, member):
    board.grant([member])
    card = board.add_card("Theirs", by=member)
    keys = [UserSession.open(member).session_key for _device in range(2)]
    hers = UserSession.open(owner).session_key
    member.deactivate()
    db.session.commit()
    assert [UserSession.user_for(key) for key in keys] == [None, None]
    assert UserSession.user_for(hers) is owner
    assert card.creator is member
    assert board.people == [owner]
    assert db.session.scalars(select(UserSession.user_id)).all() == [owner.id]
