"""Discord: a webhook of one of its channels."""

from host import _
from plugins.notifications.channel_kinds import ChannelField, ChannelKind, Message, Settings
from plugins.notifications.channel_request import check_url, post

MOST = 2000


def check(settings: Settings) -> None:
    check_url("address", settings["address"])


def send(settings: Settings, message: Message) -> None:
    """Nobody is called by what a card happens to say, such as @everyone."""
    text = f"**{message.title}**\n{message.text}"[: MOST - len(message.url) - 1]
    post(settings["address"], {"content": f"{text}\n{message.url}", "allowed_mentions": {"parse": []}})


KIND = ChannelKind(
    "discord",
    _("Discord"),
    (ChannelField("address", _("Address of the webhook"), _("Like https://discord.com/api/webhooks/…"), secret=True),),
    check,
    send,
)
