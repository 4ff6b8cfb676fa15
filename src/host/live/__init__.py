"""Live updates: an open page is told that something changed, and asks again with its own rights.

What travels is a topic and nothing else: `notifications`, `card 12` (by number), `board 3` (by id), or `everything`
when so much changed, or so much was missed, that a page had better ask again for all that it shows.
"""

from flask import Flask

from host.live import after_writes, position, wire
from host.live.publish import publish_live
from host.live.topic import EVERYTHING
from host.live.wire import take

__all__ = ["EVERYTHING", "after_writes", "init", "publish_live", "take"]


def init(app: Flask) -> None:
    """Publish what is recorded and tell pages where they stand. Opens no stream: that takes `host.server`."""
    wire.init(app)
    position.init(app)
