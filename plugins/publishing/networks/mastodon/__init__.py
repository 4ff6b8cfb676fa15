"""Mastodon, and what speaks its language: an instance is a server of its own, with limits of its own."""

from plugins.publishing.networks.mastodon.platform import Mastodon

PLATFORM = Mastodon()

__all__ = ["PLATFORM", "Mastodon"]
