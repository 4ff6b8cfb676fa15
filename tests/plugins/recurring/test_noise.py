"""A queue that fails is no alarm: it says so in the app, and outside only to those who ask for that."""

from sqlalchemy import func, select

from host import db
from plugins.notifications.bundle import Bundle
from plugins.notifications.models import Notification
from plugins.notifications.preferences import Preferences
from plugins.notifications.topics import Way


def failing(post, sweep, travel, drain_jobs):
    post.texts = [""]
    db.session.commit()
    for _try in range(3):
        travel(hours=2)
        sweep()
        drain_jobs()


def test_it_is_said_in_the_bell_once_and_in_no_letter(queue, post, sweep, travel, drain_jobs):
    failing(post, sweep, travel, drain_jobs)
    [note] = db.session.scalars(select(Notification)).all()
    assert note.bundle_id is None
    assert db.session.scalar(select(func.count()).select_from(Bundle)) == 0
    assert queue.failures == 3


def test_who_asks_for_it_has_it_in_their_bundle(queue, post, owner, sweep, travel, drain_jobs):
    Preferences.kept(owner).choose({"recurring.trouble": frozenset({Way.BELL, Way.MAIL})})
    failing(post, sweep, travel, drain_jobs)
    [note] = db.session.scalars(select(Notification)).all()
    assert note.bundle_id is not None
