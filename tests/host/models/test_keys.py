"""The keys to the house: sessions, tokens and the one-time address. Each is kept as a digest alone."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from host.db import db
from host.errors import Invalid
from host.models import ApiToken, LaunchToken, UserSession
from host.models.launch_token import LIFETIME
from host.models.session import digest
from host.models.token import Scope


def test_a_session_leads_to_its_person_until_it_is_closed(owner):
    key = UserSession.open(owner, "Firefox").session_key
    other = UserSession.open(owner).session_key
    db.session.commit()
    assert UserSession.user_for(key) is owner
    assert owner.get_id() == key
    UserSession.close(key)
    UserSession.close(key)
    db.session.commit()
    assert UserSession.user_for(key) is None
    assert UserSession.user_for(other) is owner


def test_a_made_up_key_leads_nowhere(owner):
    UserSession.open(owner)
    for key in ("", "x", "\x00", digest(owner.session_key), "ü" * 1000):
        assert UserSession.user_for(key) is None


def test_the_table_holds_no_key(owner):
    key = UserSession.open(owner, "x" * 999).session_key
    text = ApiToken.create(owner, name="t", scope=Scope.READ)
    launch = LaunchToken.create()
    db.session.flush()
    session = db.session.scalars(select(UserSession)).one()
    assert (session.digest, len(session.user_agent)) == (digest(key), 200)
    assert db.session.scalars(select(ApiToken.digest)).one() == digest(text)
    assert db.session.scalars(select(LaunchToken.digest)).one() == digest(launch)
    assert len({key, text, launch, session.digest}) == 4


def test_nobody_is_signed_in_without_a_session(owner):
    with pytest.raises(RuntimeError, match="UserSession"):
        owner.get_id()


def test_which_sessions_are_still_open(owner, member):
    keys = [UserSession.open(person).session_key for person in (owner, member, member)]
    UserSession.close(keys[1])
    db.session.commit()
    digests = [digest(key) for key in keys]
    assert UserSession.still_open([*digests, digest("x")]) == {digests[0], digests[2]}
    member.active = False
    db.session.commit()
    assert UserSession.still_open(digests) == {digests[0]}
    assert UserSession.user_for(keys[2]) is None


def test_a_token_is_its_persons_while_they_are_active(member):
    text = ApiToken.create(member, name=" My  script ", scope=Scope.WRITE)
    db.session.commit()
    token = ApiToken.find(text)
    assert (token.user, token.name, token.scope) == (member, "My script", Scope.WRITE)
    assert text.startswith("fallow_")
    assert ApiToken.still_good([digest(text), digest("x")]) == {digest(text)}
    assert ApiToken.find(text + "x") is None
    assert ApiToken.find("") is None
    member.deactivate()
    db.session.commit()
    assert ApiToken.find(text) is None
    assert ApiToken.still_good([digest(text)]) == set()


@pytest.mark.parametrize("name", ["", " ", "x" * 121])
def test_a_token_has_a_name(owner, name):
    with pytest.raises(Invalid):
        ApiToken.create(owner, name=name, scope=Scope.READ)


def test_the_launch_address_works_once(app):
    text = LaunchToken.create()
    db.session.commit()
    assert not LaunchToken.redeem("x")
    assert LaunchToken.redeem(text)
    assert not LaunchToken.redeem(text)


def test_the_launch_address_works_for_ten_minutes(app, travel):
    texts = [LaunchToken.create() for _start in range(2)]
    db.session.commit()
    travel(seconds=(LIFETIME - timedelta(seconds=5)).total_seconds())
    assert LaunchToken.redeem(texts[0])
    travel(seconds=6)
    assert not LaunchToken.redeem(texts[1])
    assert db.session.scalars(select(LaunchToken)).all() == []
