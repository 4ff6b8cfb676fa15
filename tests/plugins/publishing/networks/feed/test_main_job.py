"""The main job with no account: write a post, have it due, and find it in the feed."""

from io import BytesIO

import feedparser
import pytest
from PIL import Image

from host import File, db
from plugins.publishing.connection import Connection
from plugins.publishing.medium import Medium
from plugins.publishing.networks.feed.entry import FeedEntry
from plugins.publishing.planning import sweep
from plugins.publishing.post import Post
from plugins.publishing.scheduling import choose, schedule
from plugins.publishing.states import State


@pytest.fixture
def post(owner, account):
    """A draft for the space's feed, with a picture."""
    Image.new("RGB", (40, 30), "green").save(written := BytesIO(), "JPEG")
    written.seek(0)
    post = Post.draft(owner, ["The pears are ripe."])
    db.session.add(post)
    db.session.flush()
    db.session.add(Medium(post_id=post.id, file=File.keep(written, "pear.jpg", owner), alt="A pear"))
    choose(post, [Connection.feed_of(account)])
    db.session.commit()
    return post


def test_a_post_that_is_due_is_in_the_feed_with_its_picture(
    anonymous, account, owner, post, soon, travel, drain_jobs, schema
):
    from lxml import etree

    from host import schedule as schedule_job

    schedule(post, soon, owner)
    db.session.commit()
    travel(hours=1, seconds=1)
    for _minute in range(2):
        schedule_job(sweep)
        drain_jobs()
        travel(minutes=1)
    db.session.expire_all()
    [target] = post.targets
    assert target.state is State.PUBLISHED, target.state
    [entry] = db.session.scalars(db.select(FeedEntry)).all()
    answer = anonymous.get(f"/publishing/feeds/{account.id}/atom.xml")
    assert schema.validate(etree.fromstring(answer.data))
    [read] = feedparser.parse(answer.data).entries
    assert (read.title, read.id) == ("The pears are ripe.", f"urn:uuid:{entry.key}")
    address = read.enclosures[0].href.partition("/publishing/")[2]
    picture = anonymous.get(f"/publishing/{address}", buffered=True)
    assert picture.data == post.media[0].file.read()
    assert anonymous.get(f"/publishing/{read.link.partition('/publishing/')[2]}").status_code == 200
