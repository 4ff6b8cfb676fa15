"""The words of a run: variations in turn or shuffled, what is filled in, and what was said lately."""

from itertools import pairwise

import pytest

from host import db
from plugins.publishing import Policy, State
from plugins.publishing.scheduling import approve
from plugins.recurring.run import Run

TEA, RACK, GATE = "Tea is served in the shed.", "The rack is full of pears.", "Somebody left the gate open."


@pytest.fixture
def say(queue):
    """`say(TEA, RACK, shuffle=True)`: its variations."""

    def these(*variations, **more):
        queue.options = {**queue.options, "variations": [[each] for each in variations], **more}
        db.session.commit()

    return these


@pytest.fixture
def said(queue, sweep, travel, clones):
    """`said(4)`: the words of so many runs, a day after the other."""

    def runs(number, days=1):
        for _each in range(number):
            travel(days=days)
            sweep()
        return [copy.texts[0] for copy in clones(queue)]

    return runs


def test_variations_take_turns_with_the_original(queue, say, said):
    say(TEA, RACK)
    queue.every = 40  # what was said forty days ago is no repeat
    db.session.commit()
    assert said(5, days=40) == ["The kettle is on.", TEA, RACK, "The kettle is on.", TEA]
    assert [run.version for run in reversed(Run.of(queue))] == [0, 1, 2, 0, 1]


def test_shuffled_never_the_same_twice_in_a_row(queue, say, said):
    say(TEA, RACK, GATE, shuffle=True)
    queue.every = 40
    db.session.commit()
    words = said(12, days=40)
    assert all(one != other for one, other in pairwise(words))
    assert len({*words}) == 4


def test_what_was_said_lately_is_passed_over(queue, say, said):
    """The original and what is much like it went out yesterday."""
    say("The kettle is on!", TEA)
    assert said(2) == ["The kettle is on.", TEA]


def test_where_all_was_said_lately_the_next_goes_out_with_a_note(queue, say, said):
    say(TEA)
    assert said(3) == ["The kettle is on.", TEA, "The kettle is on."]
    assert Run.of(queue)[0].why == "All its variations are much like what went out lately."


def test_without_variations_it_says_the_same(queue, said):
    assert said(2) == ["The kettle is on.", "The kettle is on."]


def test_number_day_and_last_address_are_filled_in(queue, post, travel, sweep, drain_jobs, clones):
    post.write(["{n}: {date} {link} {cup}"], {}, revision=post.revision, card=None)
    db.session.commit()
    for _day in range(2):
        travel(days=1)
        sweep()
        travel(minutes=2)
        drain_jobs()
    first, second = clones(queue)
    assert first.targets[0].state is State.PUBLISHED
    occurrences = [run.occurrence.astimezone(queue.clock) for run in reversed(Run.of(queue))]
    days = [f"{each:%d %B %Y}".lstrip("0") for each in occurrences]
    assert first.texts == [f"1: {days[0]}  {{cup}}"]
    assert second.texts == [f"2: {days[1]} {first.targets[0].url} {{cup}}"]


def test_a_networks_own_words_are_filled_in_too_and_give_way_to_a_variation(queue, post, say, said, clones):
    post.write(["All"], {"feed": {"texts": ["Feed {n}"]}}, revision=post.revision, card=None)
    db.session.commit()
    assert said(1) == ["All"]
    [copy] = clones(queue)
    assert copy.texts_for("feed") == ["Feed 1"]
    say(TEA)
    said(1)
    assert clones(queue)[1].texts_for("feed") == [TEA]


def test_an_approval_holds_for_the_very_same_words_alone(queue, post, owner, member, say, said, clones):
    Policy.kept(owner.account).approval = True
    approve(post, owner)
    post.author = queue.owner = member
    post.shared = True
    say(TEA)
    said(2)
    assert [copy.targets[0].state for copy in clones(queue)] == [State.SCHEDULED, State.NEEDS_APPROVAL]
