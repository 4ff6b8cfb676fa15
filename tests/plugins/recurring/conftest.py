"""What the tests of recurring queues share."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from host import User, db, now
from host.testing.fixtures import MakeApp
from plugins.publishing import Connection, Post, choose
from plugins.publishing.connection import Connection as OneConnection
from plugins.recurring.changing import Plan, create
from plugins.recurring.queue import Queue
from plugins.recurring.run import Run
from plugins.recurring.sweeping import process_queues

TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return make_app(plugins=("publishing", "recurring", "notifications"))


@pytest.fixture
def feed(owner: User) -> Connection:
    """The space's own feed, which publishes at once and asks nobody."""
    return Connection.feed_of(owner.account)


@pytest.fixture
def connect(owner: User) -> Callable[..., Connection]:
    """connect("x"): an account of Ada's on this network, at which nobody is asked anything."""

    def made(platform: str = "mastodon", handle: str = "@ada@peer.example", *, by: User = owner, **more: object):
        mine = OneConnection(account=by.account, owner=by, platform=platform, remote_id=handle, handle=handle, **more)
        db.session.add(mine)
        db.session.flush()
        return mine

    return made


@pytest.fixture
def post(owner: User, feed: Connection) -> Post:
    """Ada's, for the feed."""
    post = Post.draft(owner, ["The kettle is on."])
    choose(post, [feed])
    db.session.commit()
    return post


@pytest.fixture
def plan() -> Callable[..., Plan]:
    """`plan(every=3, most=2)`: from in an hour on, every day, by Tokyo's clock."""

    def made(*, at: datetime | None = None, every: int = 1, zone: ZoneInfo = TOKYO, **more: Any) -> Plan:
        first = at or (now() + timedelta(hours=1)).replace(microsecond=0)
        return Plan(every, first.astimezone(zone).replace(tzinfo=None), zone, **more)

    return made


@pytest.fixture
def queue(post: Post, owner: User, plan: Callable[..., Plan]) -> Queue:
    """It repeats Ada's post every day, from in an hour on."""
    queue = create("post", post.id, plan(), owner)
    db.session.commit()
    return queue


@pytest.fixture
def sweep() -> Callable[[], str]:
    """Run what is due, here; says what came of it."""

    def run() -> str:
        said: str = process_queues.run()
        db.session.commit()
        return said

    return run


@pytest.fixture
def clones() -> Callable[[Queue], list[Post]]:
    """What a queue made, the earliest first."""

    def made(queue: Queue) -> list[Post]:
        db.session.expire_all()
        mine = select(Post).filter_by(created_by_queue=queue.id)
        return list(db.session.scalars(mine.order_by(Post.at, Post.id)))

    return made


@pytest.fixture
def history() -> Callable[[Queue], list[tuple[datetime, str]]]:
    """Occurrence and outcome of each run, the earliest first."""

    def told(queue: Queue) -> list[tuple[datetime, str]]:
        db.session.expire_all()
        return [(run.occurrence.astimezone(UTC), run.outcome.value) for run in reversed(Run.of(queue))]

    return told
