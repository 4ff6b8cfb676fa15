"""What the tests of publishing share."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from host import User, db, now
from plugins.publishing.connection import Connection
from plugins.publishing.post import Post
from plugins.publishing.scheduling import choose, schedule
from plugins.publishing.target import Target


@pytest.fixture
def connect(owner: User) -> Callable[..., Connection]:
    """connect("mastodon"): an account of Ada's on this network, at which nobody is asked anything."""

    def made(platform: str = "mastodon", handle: str = "@ada@peer.example", *, by: User = owner, **more: object):
        mine = Connection(account=by.account, owner=by, platform=platform, remote_id=handle, handle=handle, **more)
        db.session.add(mine)
        db.session.flush()
        return mine

    return made


@pytest.fixture
def connection(connect: Callable[..., Connection]) -> Connection:
    return connect()


@pytest.fixture
def post(owner: User, connection: Connection) -> Post:
    """A draft of Ada's for one connection."""
    post = Post.draft(owner, ["The kettle is on."])
    choose(post, [connection])
    db.session.commit()
    return post


@pytest.fixture
def target(post: Post) -> Target:
    return post.targets[0]


@pytest.fixture
def soon() -> datetime:
    return now() + timedelta(hours=1)


@pytest.fixture
def scheduled(app: Flask, post: Post, owner: User, soon: datetime) -> Target:
    """Due in an hour."""
    schedule(post, soon, owner)
    db.session.commit()
    return post.targets[0]
