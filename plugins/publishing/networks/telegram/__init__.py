"""Telegram: a channel, to which a bot of the person's own posts (docs/networks/telegram.md)."""

from plugins.publishing.networks.telegram.platform import Telegram

PLATFORM = Telegram()

__all__ = ["PLATFORM", "Telegram"]
