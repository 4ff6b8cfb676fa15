"""Many tries to sign in are slowed: as one person, from one place, and nobody for long."""

from datetime import timedelta

import pytest

from host.clock import now
from host.db import db
from host.models.sign_in_tries import AS, FREE, FROM, SignInTries, TooOften

HERE, THERE = "203.0.113.7", "203.0.113.8"


def waits(email, remote=None):
    """For how many seconds; the try is counted where it is 0."""
    try:
        SignInTries.take(email, remote)
    except TooOften as fault:
        return fault.seconds
    return 0


@pytest.fixture
def tried(app):
    """tried(7, "ada@example.org"): so many tries, each as soon as it may be."""

    def go(times, email, remote=None, each=None):
        for number in range(times):
            SignInTries.take(each(number) if each else email, remote)

    return go


def test_a_few_slips_cost_nothing(tried):
    tried(FREE[AS], "ada@example.org")
    assert waits("ada@example.org") == 15
    assert waits("ben@example.org") == 0


def test_however_the_address_is_written(tried):
    tried(FREE[AS], " Ada@Example.ORG ")
    assert waits("ada@example.org") == 15


def test_each_further_one_has_to_wait_twice_as_long_but_never_for_long(tried, travel):
    tried(FREE[AS], "ada@example.org")
    lengths = []
    for _each in range(8):
        lengths.append(waits("ada@example.org"))
        travel(seconds=lengths[-1])
        assert waits("ada@example.org") == 0
    assert lengths == [15, 30, 60, 120, 240, 300, 300, 300]


def test_who_is_told_to_wait_does_not_wait_longer_for_asking(tried, travel):
    tried(FREE[AS], "ada@example.org")
    for _each in range(20):
        assert waits("ada@example.org") == 15
    travel(seconds=15)
    assert waits("ada@example.org") == 0


def test_an_hour_later_it_is_forgotten(tried, travel):
    tried(FREE[AS], "ada@example.org")
    travel(hours=1, seconds=1)
    tried(FREE[AS], "ada@example.org")
    assert waits("ada@example.org") == 15


def test_a_browser_that_was_let_in_before_is_counted_apart(tried):
    tried(FREE[AS], "ada@example.org")
    SignInTries.take("ada@example.org", None, "her own")
    assert waits("ada@example.org") == 15


def test_from_one_place_one_cannot_go_through_many_people(tried):
    tried(FREE[FROM], "", HERE, each=lambda number: f"{number}@example.org")
    assert waits("ada@example.org", HERE) == 15
    assert waits("ada@example.org", THERE) == 0


def test_a_household_is_one_place(tried):
    tried(FREE[FROM], "", "2001:db8:1:2::1", each=lambda number: f"{number}@example.org")
    assert waits("ada@example.org", "2001:db8:1:2:ffff::9") == 15
    assert waits("ben@example.org", "2001:db8:1:3::1") == 0


@pytest.mark.parametrize("remote", ["127.0.0.1", "::1", None, "", "unix:"])
def test_where_all_come_from_one_place_it_tells_nobody_apart(tried, remote):
    tried(FREE[FROM], "", remote, each=lambda number: f"{number}@example.org")
    assert waits("ada@example.org", remote) == 0


def test_a_good_one_forgives_those_before_it(tried):
    tried(FREE[AS], "ada@example.org", HERE)
    SignInTries.forgive("ada@example.org", HERE)
    tried(FREE[AS], "ada@example.org", HERE)
    assert waits("ada@example.org", HERE) == 15


def test_a_good_one_does_not_forgive_the_place(tried):
    """Else who has an account here could go through the passwords of others."""
    tried(FREE[FROM] - 1, "", HERE, each=lambda number: f"{number}@example.org")
    for _each in range(3):
        assert waits("eve@example.org", HERE) == 0
        SignInTries.forgive("eve@example.org", HERE)
    tried(1, "ada@example.org", HERE)
    assert waits("ben@example.org", HERE) == 15


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "a second"), (45, "45 seconds"), (60, "a minute"), (61, "2 minutes"), (300, "5 minutes")],
)
def test_it_is_said_in_words(seconds, words):
    assert TooOften(timedelta(seconds=seconds)).message == f"Many tries went wrong. Try again in {words}."


def test_nothing_that_was_typed_is_kept(tried):
    tried(1, "my password instead of my address\ud800\0", HERE)
    rows = db.session.scalars(db.select(SignInTries)).all()
    assert [len(row.key) for row in rows] == [64, 64]
    assert {row.last_at <= now() for row in rows} == {True}
