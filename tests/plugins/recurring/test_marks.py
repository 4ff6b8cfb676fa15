"""What posts and cards show of their queues."""

import pytest

from host import db
from host.testing import sign_in
from plugins.recurring.changing import create, pause
from plugins.recurring.marks import card_badges, card_panel
from plugins.recurring.run import Run


@pytest.fixture
def card(owner, board):
    card = board.add_card("Clean the kettle", by=owner, column=board.columns[0])
    db.session.commit()
    return card


def test_a_post_offers_to_be_repeated(client, post):
    page = client.get(f"/publishing/posts/{post.id}").text
    assert f'href="/recurring?post={post.id}#new"' in page
    assert "its queue ends" not in page


def test_a_post_that_is_repeated_says_by_which_queue_and_what_deleting_it_does(client, queue, post, owner):
    page = client.get(f"/publishing/posts/{post.id}").text
    assert f'href="/recurring/queues/{queue.id}"' in page
    assert "Every day" in page
    assert "If you delete this post, its queue ends." in page
    pause(queue, owner)
    db.session.commit()
    assert "paused" in client.get(f"/publishing/posts/{post.id}").text


def test_a_copy_names_the_queue_that_made_it_and_is_not_repeated_itself(client, queue, sweep, clones, travel):
    travel(hours=2)
    sweep()
    [copy] = clones(queue)
    page = client.get(f"/publishing/posts/{copy.id}").text
    assert "Made by the queue" in page
    assert f'href="/recurring/queues/{queue.id}"' in page
    assert f"?post={copy.id}#new" not in page


def test_who_may_not_see_the_queue_sees_nothing_of_it(app, member, queue, post):
    post.shared = True
    db.session.commit()
    client = app.test_client()
    sign_in(client, member)
    client.trust()
    page = client.get(f"/publishing/posts/{post.id}").text
    assert "Comes round again" not in page


def test_a_card_is_marked_and_so_is_its_copy(client, owner, board, card, plan, sweep, travel):
    assert f'href="/recurring?card={card.number}#new"' in client.get(f"/cards/{card.number}").text
    queue = create("card", card.number, plan(options={"column": board.columns[1].id}), owner)
    db.session.commit()
    travel(hours=2)
    sweep()
    db.session.expire_all()
    [copy] = _others(card)
    page = client.get(f"/cards/{card.number}").text
    assert f'href="/recurring/queues/{queue.id}"' in page
    assert "Made by the queue" in client.get(f"/cards/{copy.number}").text
    signs = card_badges([card, copy])
    assert {card_id: badges[0].context["words"] for card_id, badges in signs.items()} == {
        card.id: "Comes round again",
        copy.id: "A copy",
    }
    assert client.get("/boards/1").text.count("#i-queue") >= 2


def test_a_card_that_nothing_repeats_has_no_mark(card):
    assert card_badges([card]) == {}


def test_a_younger_card_with_the_id_of_a_deleted_one_has_no_mark(owner, board, card, plan, sweep, travel):
    queue = create("card", card.number, plan(), owner)
    db.session.commit()
    travel(hours=2)
    sweep()
    db.session.expire_all()
    run = Run.last_made(queue)
    travel(hours=1)
    younger = board.add_card("Another", by=owner)
    run.made_id = younger.id
    queue.original_id = younger.id
    db.session.flush()
    assert card_badges([younger]) == {}
    panel = card_panel(younger, owner)
    assert (list(panel.context["mark"].repeats), panel.context["mark"].made_by) == ([], None)


def _others(card):
    return db.session.scalars(db.select(type(card)).where(type(card).id != card.id)).all()
