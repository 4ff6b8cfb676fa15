"""A copy is a new thing."""

from datetime import timedelta

from host import Board, db, now
from plugins.publishing.cloning import clone
from plugins.publishing.scheduling import choose, schedule
from plugins.publishing.states import State, Status


def test_it_says_the_same_on_the_same_connections_and_has_none_of_the_history(post, connect, owner, soon):
    bluesky = connect("bluesky", "ada.example")
    choose(post, [post.targets[0].connection, bluesky])
    post.write(["Shared"], {"bluesky": {"texts": ["Own"]}}, revision=post.revision, card=None)
    schedule(post, soon, owner)
    post.targets[0].state = State.PUBLISHED
    copy = clone(post)
    db.session.commit()
    assert [*copy.texts_for("mastodon"), *copy.texts_for("bluesky")] == ["Shared", "Own"]
    assert [target.connection for target in copy.targets] == [target.connection for target in post.targets]
    assert (copy.status, copy.cloned_from, copy.at) == (Status.DRAFT, post.id, None)
    assert {target.uid for target in copy.targets}.isdisjoint(target.uid for target in post.targets)


def test_its_targets_keep_their_distance_from_its_time(post, connect, owner, soon):
    bluesky = connect("bluesky", "ada.example")
    choose(post, [post.targets[0].connection, bluesky])
    schedule(post, soon, owner, own={bluesky.id: soon + timedelta(hours=2)})
    copy = clone(post)
    schedule(copy, soon + timedelta(days=7), owner)
    assert [target.due_at - copy.at for target in copy.targets] == [timedelta(), timedelta(hours=2)]


def test_a_connection_that_is_gone_stays_behind(post, connection):
    connection.removed_at = now()
    assert clone(post).targets == []


def test_another_s_connection_stays_behind_for_a_copy_may_say_anything(post, connect, member):
    shared = connect("bluesky", "ada.example", shared=True)
    choose(post, [post.targets[0].connection, shared])
    assert [target.connection for target in clone(post, member).targets] == [shared]


def test_a_card_that_they_may_not_know_of_stays_behind(post, owner, member):
    post.card = Board.create("Salaries", by=owner, all_access=False).add_card("Secret", by=owner)
    db.session.commit()
    assert (clone(post, owner).card, clone(post, member).card) == (post.card, None)
    post.card.board.archive(by=owner)
    assert clone(post, owner).card is None


def test_an_approval_is_of_the_content_and_so_of_the_copy(post, owner):
    post.approved_hash, post.approved_by = post.content_hash, owner
    assert clone(post).approved_by_id == owner.id
    post.texts = ["Else"]
    assert clone(post).approved_by_id is None


def test_it_knows_the_queue_that_made_it(post):
    assert clone(post, queue_id=7).created_by_queue == 7
