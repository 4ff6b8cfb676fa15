"""The versions of LinkedIn's interface, and how we go on when one is retired."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from host import now
from plugins.publishing.networks.linkedin import PLATFORM
from plugins.publishing.networks.linkedin.versions import versions
from plugins.publishing.outcomes import Later, Published

JANUARY = datetime(2027, 1, 15, tzinfo=UTC)


def months_ago(months):
    count = now().year * 12 + now().month - 1 - months
    return f"{count // 12}{count % 12 + 1:02}"


@pytest.mark.parametrize(
    ("profile", "tried"),
    [
        ({}, ["202610", "202611", "202612"]),
        ({"version": "202611"}, ["202611", "202612"]),
        ({"version": "202612"}, ["202612"]),
        ({"version": "202703"}, ["202703"]),  # of a machine whose clock was ahead
        ({"version": "202613"}, ["202610", "202611", "202612"]),
        ({"version": "no"}, ["202610", "202611", "202612"]),
    ],
)
def test_versions_up_to_last_month(profile, tried):
    assert list(versions(profile, JANUARY)) == tried


def test_an_old_program_does_not_ask_for_ever():
    assert len(list(versions({"version": "201001"}, JANUARY))) == 38


@pytest.mark.sqlite_only("a network's client uses no database")
class TestRetired:
    @pytest.fixture
    def old(self, login):
        return replace(login, profile={"version": months_ago(15)})

    def test_the_first_that_is_taken_is_kept(self, linkedin, send, message, old):
        done = send(message(), as_=old)
        tried = [each.headers["linkedin-version"] for each in linkedin.asked("publish")]
        assert tried == [months_ago(each) for each in (15, 14, 13, 12)]
        assert done.learned == {"version": months_ago(12)}
        assert done.note
        assert len(linkedin.posts) == 1

    def test_its_owner_is_told_once(self, linkedin, send, message, old):
        done = send(message(), as_=old)
        again = send(message("Two"), as_=replace(old, profile={**old.profile, **done.learned}))
        assert (again.note, again.learned) == ("", {})

    def test_a_new_connection_learns_without_a_word(self, linkedin, send, message):
        done = send(message())
        assert (done.note, done.learned) == ("", {"version": months_ago(3)})

    def test_pictures_go_by_the_next_one_as_well(self, linkedin, picture, web, old):
        assert PLATFORM.upload(picture(), old, web) in linkedin.media

    def test_when_none_is_taken_it_waits(self, linkedin, send, message):
        linkedin.script(*["426"] * 3)
        assert isinstance(send(message()), Later)
        assert linkedin.posts == []

    def test_a_lost_answer_ends_it(self, linkedin, send, message, old):
        linkedin.script("426", "commit_then_close")
        assert not isinstance(send(message(), as_=old), Published)
        assert len(linkedin.asked("publish")) == 2
