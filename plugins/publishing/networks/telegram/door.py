"""Connecting a channel: the token of a bot that may post there, and the channel's name or number."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from host import Invalid, _
from plugins.publishing.doors import Entered, Field, Granted, SignIn
from plugins.publishing.networks.reading import part, words
from plugins.publishing.networks.telegram.calls import TOKEN, call
from plugins.publishing.outcomes import Held, Hindered, Refused, Remedy
from plugins.publishing.platform import Tokens

NAME, NUMBER = re.compile(r"@?([A-Za-z]\w{3,31})", re.ASCII), re.compile(r"-100\d{5,15}", re.ASCII)
LINK = re.compile(r"(?:https?://)?(?:t|telegram)\.me/", re.IGNORECASE)


class TelegramDoor(SignIn):
    fields: Sequence[Field] = (
        Field("token", _("Token of your bot"), _("Like 123456:ABC-DEF and longer."), secret=True),
        Field("channel", _("Your channel"), _("@name, or its number, which begins with -100.")),
    )
    steps: Sequence[str] = (
        _("Write /newbot to @BotFather in Telegram. It asks for a name and gives you a token."),
        _("Open your channel, then Administrators, Add administrator, and choose your bot."),
        _("Let it post messages. It needs no other right."),
        _("Enter the token and the channel's @name here."),
    )

    def check(self, entered: Entered) -> None:
        errors = {}
        if not TOKEN.fullmatch(entered.get("token", "").strip()):
            errors["token"] = [_("A token is like 123456:ABC-DEF and longer; BotFather gives it.")]
        if _channel(entered.get("channel", "")) is None:
            errors["channel"] = [_("A channel is @name, or a number that begins with -100.")]
        if errors:
            raise Invalid(errors)

    def enter(self, entered: Entered, addresses: Mapping[str, str], client: httpx.Client) -> Granted:
        """Ask who the bot is, which channel that is, and whether the one may post in the other."""
        self.check(entered)
        token, channel = entered["token"].strip(), _channel(entered["channel"]) or ""
        bot = call(client, addresses, token, "getMe")
        chat = call(client, addresses, token, "getChat", chat_id=channel)
        title = words(chat, "title") or channel
        if words(chat, "type") != "channel":
            raise Hindered(Refused(_("%(title)s is no channel.", title=title)))
        number, name = words(chat, "id"), words(chat, "username")
        member = call(client, addresses, token, "getChatMember", chat_id=number, user_id=words(bot, "id"))
        if not _may_post(member):
            why = _("The bot may not post in %(title)s. Make it an administrator who may post.", title=title)
            raise Hindered(Held(why, Remedy.SETUP))
        handle = f"@{name}" if name else title
        profile = {"channel": name, "bot": words(bot, "username")}
        return Granted(Tokens(token), remote_id=number, handle=handle, title=title, profile=profile)


def _channel(entered: str) -> str | None:
    """The channel as Telegram takes it; None for what is none."""
    said = LINK.sub("", entered.strip()).rstrip("/")
    if NUMBER.fullmatch(said):
        return said
    found = NAME.fullmatch(said)
    return f"@{found[1]}" if found else None


def _may_post(member: Mapping[str, Any]) -> bool:
    return words(member, "status") == "administrator" and part(member, "can_post_messages") is True
