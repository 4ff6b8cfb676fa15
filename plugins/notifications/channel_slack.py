"""Slack: an incoming webhook, and whatever speaks as one does."""

from markupsafe import escape

from host import _
from plugins.notifications.channel_kinds import ChannelField, ChannelKind, Message, Settings
from plugins.notifications.channel_request import check_url, post

MOST = 3000


def check(settings: Settings) -> None:
    check_url("address", settings["address"])


def send(settings: Settings, message: Message) -> None:
    """Of three characters Slack makes marks of its own; all others are as they were."""
    title, text = _plain(message.title), _plain(message.text[:MOST])
    post(settings["address"], {"text": f"*{title}*\n{text}\n{message.url}", "unfurl_links": False})


def _plain(text: str) -> str:
    return str(escape(text)).replace("&#34;", '"').replace("&#39;", "'")


KIND = ChannelKind(
    "slack",
    _("Slack"),
    (ChannelField("address", _("Address of the webhook"), _("Like https://hooks.slack.com/services/…"), secret=True),),
    check,
    send,
)
