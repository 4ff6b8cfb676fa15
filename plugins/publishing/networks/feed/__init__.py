"""The space's own feed, as Atom and as JSON Feed: a network that needs no account (docs/networks/feed.md)."""

from plugins.publishing.networks.feed.files import write_feed
from plugins.publishing.networks.feed.platform import Feed
from plugins.publishing.networks.feed.routes import bp

PLATFORM = Feed()

__all__ = ["PLATFORM", "Feed", "bp", "write_feed"]
