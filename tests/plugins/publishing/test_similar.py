"""Warnings that the same was said before."""

from datetime import timedelta

import pytest

from host import db
from plugins.publishing.post import Post
from plugins.publishing.scheduling import choose, schedule
from plugins.publishing.sheet import Sheet
from plugins.publishing.similar import ALIKE, alike, warnings
from plugins.publishing.states import State

LONG = "Kofi mended a tube on the studio step so that you can mend yours on the verge, with one trick and a spoon."


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (LONG, LONG, True),
        (LONG, LONG.upper() + "!!  https://example.org/7", True),
        (LONG, LONG.replace("spoon", "spoons"), True),
        (LONG, LONG.replace("studio step", "allotment gate, late on Sunday"), False),
        (LONG, "Something else", False),
        ("", "", False),
        ("😀", "😀", False),
    ],
)
def test_what_counts_as_the_same(one, other, same):
    assert (alike(one, other) >= ALIKE) is same


@pytest.fixture
def said(owner, soon):
    """said(connection, text): another post that is scheduled there."""

    def planned(connection, text: str = LONG, days: int = 0) -> Post:
        post = Post.draft(owner, [text])
        choose(post, [connection])
        schedule(post, soon + timedelta(days=days), owner)
        db.session.commit()
        return post

    return planned


def of(post, text: str, *connections) -> list[str]:
    return list(warnings(Sheet(post.account_id, [text]), post.id, connections))


def test_nearly_the_same_on_the_same_connection(post, connection, said):
    said(connection)
    assert len(of(post, LONG + ".", connection)) == 1
    assert of(post, "Something else", connection) == []


def test_not_on_another_connection_nor_long_ago(post, connection, connect, said):
    said(connection, days=31)
    assert of(post, LONG, connection) == []
    assert of(post, LONG, connect("bluesky", "ada.example")) == []


@pytest.mark.parametrize("state", [State.DRAFT, State.CANCELLED])
def test_what_goes_nowhere_repeats_nothing(post, connection, said, state):
    said(connection).targets[0].state = state
    assert of(post, LONG, connection) == []


def test_a_post_does_not_repeat_itself(scheduled, connection):
    assert of(scheduled.post, scheduled.post.texts[0], connection) == []


def test_two_accounts_on_x(post, connect):
    one, two = connect("x", "@one"), connect("x", "@two")
    assert "several accounts" in of(post, "Hello", one, two)[0]
    assert of(post, "Hello", one) == []


def test_it_stands_in_the_composer_and_bars_nothing(client, post, connection, said, soon, owner):
    said(connection)
    at = soon.astimezone(owner.timezone).strftime("%Y-%m-%dT%H:%M")
    sent = {"revision": post.revision, "text": LONG, "connection": connection.id, "at": at}
    assert "Nearly the same goes to" in client.post(f"/publishing/posts/{post.id}/count", data=sent).text
    assert client.post(f"/publishing/posts/{post.id}", data={**sent, "do": "schedule"}).status_code == 303
