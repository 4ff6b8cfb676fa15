"""What the states of its targets make of a post."""

import pytest

from plugins.publishing.states import State, Status, status


@pytest.mark.parametrize(
    ("states", "says"),
    [
        ("", Status.DRAFT),
        ("draft", Status.DRAFT),
        ("draft scheduled", Status.SCHEDULED),
        ("needs_approval needs_approval", Status.NEEDS_APPROVAL),
        ("scheduled held", Status.SCHEDULED),
        ("held", Status.SCHEDULED),
        ("claimed scheduled", Status.PUBLISHING),
        ("sending published", Status.PUBLISHING),
        ("published published", Status.PUBLISHED),
        ("published cancelled", Status.PUBLISHED),
        ("published scheduled", Status.PARTLY_PUBLISHED),
        ("published failed", Status.PARTLY_PUBLISHED),
        ("failed scheduled", Status.FAILED),
        ("failed missed", Status.FAILED),
        ("missed scheduled", Status.MISSED),
        ("unconfirmed sending published failed", Status.UNCONFIRMED),
        ("cancelled cancelled", Status.CANCELLED),
    ],
)
def test_the_status_of_a_post(states, says):
    assert status(State(each) for each in states.split()) is says


def test_each_state_alone_has_a_status():
    assert {status([each]) for each in State} <= set(Status)
