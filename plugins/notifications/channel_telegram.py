"""Telegram: a bot of the person's own writes to them."""

import re

from host import Invalid, _
from plugins.notifications.channel_kinds import ChannelField, ChannelKind, Message, Settings
from plugins.notifications.channel_request import post

TOKEN, CHAT = re.compile(r"\d{3,20}:[\w-]{30,60}"), re.compile(r"-?\d{1,20}|@\w{5,32}")
MOST = 4096


def check(settings: Settings) -> None:
    if not TOKEN.fullmatch(settings["token"]):
        raise Invalid({"token": [_("A token is like 123456:ABC-DEF and longer; BotFather gives it.")]})
    if not CHAT.fullmatch(settings["chat"]):
        raise Invalid({"chat": [_("A chat is a number, or @name for a channel.")]})


def send(settings: Settings, message: Message) -> None:
    text = f"{message.title}\n{message.text}"[: MOST - len(message.url) - 2]
    post(
        f"https://api.telegram.org/bot{settings['token']}/sendMessage",
        {"chat_id": settings["chat"], "text": f"{text}\n\n{message.url}", "disable_web_page_preview": True},
    )


KIND = ChannelKind(
    "telegram",
    _("Telegram"),
    (
        ChannelField(
            "token", _("Token of your bot"), _("Make a bot with @BotFather, then write to it once."), secret=True
        ),
        ChannelField("chat", _("Your chat"), _("The number of your chat with it; @userinfobot says yours.")),
    ),
    check,
    send,
)
