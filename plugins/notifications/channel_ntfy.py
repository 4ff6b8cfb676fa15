"""ntfy: a topic on ntfy.sh, or on a server of one's own."""

import re

from host import Invalid, _
from plugins.notifications.channel_kinds import ChannelField, ChannelKind, Message, Settings
from plugins.notifications.channel_request import check_url, post

TOPIC = re.compile(r"[-\w]{1,64}", re.ASCII)
MOST = 3500  # of the four kilobytes that it takes, some are ours


def check(settings: Settings) -> None:
    if not TOPIC.fullmatch(settings["topic"]):
        raise Invalid({"topic": [_("A topic has up to 64 letters, digits, hyphens and underscores.")]})
    if not settings["token"].isascii() or not settings["token"].isprintable():
        raise Invalid({"token": [_("A token has letters, digits and underscores.")]})
    check_url("server", settings["server"])


def send(settings: Settings, message: Message) -> None:
    text = message.text.encode()[:MOST].decode(errors="ignore")
    said = {"topic": settings["topic"], "title": message.title, "message": text, "click": message.url}
    headers = {"Authorization": f"Bearer {settings['token']}"} if settings["token"] else {}
    post(settings["server"], said, headers=headers)


KIND = ChannelKind(
    "ntfy",
    _("ntfy"),
    (
        ChannelField("topic", _("Topic"), _("Whoever knows it can read along, so take one that is hard to guess.")),
        ChannelField("server", _("Server"), required=False, given="https://ntfy.sh"),
        ChannelField("token", _("Access token"), _("Where the topic asks for one."), secret=True, required=False),
    ),
    check,
    send,
)
