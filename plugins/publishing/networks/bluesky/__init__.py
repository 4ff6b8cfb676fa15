"""Bluesky, by its AT Protocol: a post is a record in the account's own repository, under a name that we choose."""

from plugins.publishing.networks.bluesky.platform import Bluesky

PLATFORM = Bluesky()

__all__ = ["PLATFORM", "Bluesky"]
