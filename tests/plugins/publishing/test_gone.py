"""What goes away around a post that is to go out: its card, its author, the program itself."""

import pytest

from host import db
from plugins.publishing import planning
from plugins.publishing.connection import Connection
from plugins.publishing.post import Post
from plugins.publishing.scheduling import choose, schedule
from plugins.publishing.states import State


@pytest.fixture
def app(make_app, tmp_path):
    """One whose plugins can be switched off."""
    return make_app(data=tmp_path)


@pytest.fixture
def waiting(owner, board, soon):
    """Due in an hour, in the feed; it hangs on a card."""
    post = Post.draft(owner, ["The kettle is on."], card=board.add_card("Tea", by=owner))
    choose(post, [Connection.feed_of(owner.account)])
    schedule(post, soon, owner)
    db.session.commit()
    return post.targets[0]


def test_a_deleted_card_takes_no_post_with_it(waiting, owner, travel, drain_jobs):
    waiting.post.card.delete(by=owner)
    db.session.commit()
    travel(minutes=61)
    drain_jobs()
    assert waiting.state is State.PUBLISHED
    assert waiting.post.card is None


def test_what_somebody_scheduled_goes_out_when_they_have_left(waiting, owner, member, travel, drain_jobs):
    waiting.post.author = member
    db.session.commit()
    member.deactivate()
    db.session.commit()
    travel(minutes=61)
    drain_jobs()
    assert waiting.state is State.PUBLISHED


def test_what_was_due_while_the_plugin_was_off_goes_out_when_it_is_back(waiting, app, travel, drain_jobs):
    plugins = app.extensions["fallow"].plugins
    plugins.switch_off("publishing")
    travel(hours=3)
    drain_jobs()
    assert waiting.state is State.SCHEDULED
    plugins.switch_on("publishing")
    planning.sweep.run()  # as each minute
    drain_jobs()
    db.session.expire_all()
    assert waiting.state is State.PUBLISHED


def test_and_is_missed_where_that_took_too_long(waiting, travel, drain_jobs):
    travel(hours=8)
    drain_jobs()
    db.session.expire_all()
    assert waiting.state is State.MISSED
