"""Signing in with an address and a password."""

import pytest

from host.db import db
from host.errors import Invalid
from host.models import Account, User

PASSWORD = "a hedge of roses"


@pytest.fixture
def gardener(account: Account) -> User:
    """Cleo, who has a password."""
    return User.join(account, name="Cleo Fen", email="Cleo@Example.org", password=PASSWORD)


def test_address_and_password_belong_together(gardener):
    assert User.by_credentials("cleo@example.org", PASSWORD) is gardener
    assert User.by_credentials("cleo@example.org", PASSWORD.upper()) is None
    assert User.by_credentials("nobody@example.org", PASSWORD) is None


def test_an_address_is_the_same_in_any_letters(gardener):
    assert User.by_credentials("  CLEO@example.ORG ", PASSWORD) is gardener


@pytest.mark.parametrize("password", ["", " ", "None", "!"])
def test_who_has_no_password_cannot_sign_in_with_any(member, password):
    assert member.password_hash is None
    assert User.by_credentials(member.email, password) is None


def test_who_was_deactivated_cannot_sign_in(gardener):
    gardener.deactivate()
    assert User.by_credentials(gardener.email, PASSWORD) is None


def test_who_has_no_address_is_found_by_none(account):
    User.join(account, name="Dot", email=None, password=PASSWORD)
    assert User.by_credentials("", PASSWORD) is None


def test_in_several_spaces_the_password_decides(gardener):
    other = Account.open("Forest", owner_name="Cleo", email=gardener.email, password="quite another one")
    assert User.by_credentials(gardener.email, "quite another one") is other
    assert User.by_credentials(gardener.email, PASSWORD) is gardener


def test_a_password_is_kept_as_a_hash_and_never_read(gardener):
    assert PASSWORD not in gardener.password_hash
    with pytest.raises(AttributeError):
        _ = gardener.password


def test_a_short_password_is_refused_and_the_old_one_stays(gardener):
    with pytest.raises(Invalid) as refused:
        gardener.password = "too short"
    assert list(refused.value.errors) == ["password"]
    assert User.by_credentials(gardener.email, PASSWORD) is gardener
    gardener.password = "ten chars."
    db.session.commit()
    assert User.by_credentials(gardener.email, PASSWORD) is None
    assert User.by_credentials(gardener.email, "ten chars.") is gardener
