"""Who changes a post while a worker takes it up: one of them is first, and the other knows."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from host import User, db, now
from plugins.publishing.models import Post, Target
from plugins.publishing.post import TooLate
from plugins.publishing.scheduling import cancel
from plugins.publishing.states import State


@pytest.fixture
def due(scheduled):
    """The ids of a post whose time has come, and of its target."""
    scheduled.next_at = now() - timedelta(seconds=1)
    db.session.commit()
    found = scheduled.post_id, scheduled.id
    db.session.remove()
    return found


@pytest.fixture
def elsewhere(app):
    """elsewhere(what): do it in another thread with a session of its own, and commit."""

    def one(what):
        with app.app_context():
            try:
                return what()
            finally:
                db.session.commit()

    with ThreadPoolExecutor(1) as thread:
        yield lambda what: thread.submit(one, what)


def take_up(target_id):
    claimed = Target.claim(target_id, job_id=1)
    assert claimed is not None
    claimed.state = State.CLAIMED
    db.session.flush()


def rewrite(post_id):
    post = db.session.get_one(Post, post_id)
    post.write(["Rewritten"], {}, revision=post.revision, card=None)


def take_back(target_id):
    cancel(db.session.get_one(Target, target_id), db.session.scalars(db.select(User)).first())


@pytest.mark.parametrize("change", ["rewrite", "take back"])
def test_a_change_that_comes_while_it_is_taken_up_is_too_late(due, elsewhere, change):
    post_id, target_id = due
    take_up(target_id)
    late = elsewhere(lambda: rewrite(post_id) if change == "rewrite" else take_back(target_id))
    with pytest.raises(TimeoutError):
        late.result(0.3)
    db.session.commit()
    with pytest.raises(TooLate):
        late.result(10)
    target = db.session.get_one(Target, target_id, populate_existing=True)
    assert (target.state, target.post.texts) == (State.CLAIMED, ["The kettle is on."])


def test_who_takes_it_up_while_it_is_changed_has_the_new_words(due, elsewhere):
    post_id, target_id = due
    rewrite(post_id)

    def words():
        claimed = Target.claim(target_id, job_id=1)
        return claimed.post.texts

    taken = elsewhere(words)
    with pytest.raises(TimeoutError):
        taken.result(0.3)
    db.session.commit()
    assert taken.result(10) == ["Rewritten"]
