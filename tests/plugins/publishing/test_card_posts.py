"""A card's posts, on its page and in its story; and what the weekly summary says."""

from datetime import timedelta

import pytest

from host import db, now
from host.testing import sign_in
from plugins.publishing import summary
from plugins.publishing.post import Post
from plugins.publishing.states import State


@pytest.fixture
def card(board, owner):
    return board.add_card("Write the launch post", by=owner)


def test_a_post_is_written_from_a_card(client, card):
    assert "Write a post" in client.get(f"/cards/{card.number}").text
    answer = client.post("/publishing/posts", data={"card": card.number})
    post = db.session.scalars(db.select(Post)).one()
    assert (post.card, post.texts) == (card, ["Write the launch post"])
    assert f'href="/cards/{card.number}"' in client.get(answer.location).text
    page = client.get(f"/cards/{card.number}").text
    assert f'href="/publishing/posts/{post.id}"' in page
    assert "Draft" in page


def test_a_card_shows_how_its_posts_stand(client, scheduled, card):
    scheduled.post.card, scheduled.state = card, State.FAILED
    assert "Failed" in client.get(f"/cards/{card.number}").text


def test_a_card_shows_nobody_a_post_that_is_not_theirs(client, scheduled, card, member):
    scheduled.post.card = card
    sign_in(client, member)
    assert "The kettle is on." not in client.get(f"/cards/{card.number}").text


def test_a_card_that_there_is_not(client):
    assert client.post("/publishing/posts", data={"card": "77"}).status_code == 404
    assert client.post("/publishing/posts", data={"card": "9" * 30}).status_code == 303


def test_the_summary_says_what_went_out_and_what_did_not(scheduled, owner, member, post):
    since = now() - timedelta(days=7)
    assert [section.lines for section in summary.sections(owner, since)] == [[], []]
    scheduled.state, scheduled.published_at = State.PUBLISHED, now()
    line = ("The kettle is on. (@ada@peer.example)", f"/publishing/posts/{post.id}")
    assert [section.lines for section in summary.sections(owner, since)] == [[line], []]
    scheduled.state = State.UNCONFIRMED
    assert [section.lines for section in summary.sections(owner, since)] == [[], [line]]
    assert [section.lines for section in summary.sections(member, since)] == [[], []]
