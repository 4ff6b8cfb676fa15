"""What Telegram's answers mean: core.telegram.org/bots/api, “Making requests”, and the texts of errors as others met
them (docs/networks/telegram.md). A status is not enough: 400 says that a post is wrong, or that a channel is gone."""

from http import HTTPStatus

import httpx

from host import _
from plugins.publishing.networks.moments import in_seconds, retry_after
from plugins.publishing.networks.reading import json_object, part, words
from plugins.publishing.outcomes import Held, Later, Outcome, Published, Refused, Remedy, Unknown

TITLE = "Telegram"

UNKNOWN_BOT = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)  # a token that is none of theirs, or has no such shape
MAY_NOT = (
    "administrator rights",
    "not enough rights",
    "have no rights",
    "chat_admin_required",
    "chat_write_forbidden",
    "chat_restricted",
    "send_plain_forbidden",
    "send_photos_forbidden",
)
GONE = ("chat not found", "channel_private", "channel_invalid", "peer_id_invalid", "chat_id is empty")


def outcome(answer: httpx.Response, site: str) -> Outcome:
    """Of a request that publishes, answered with a status below 500; `site` is where people read."""
    said = json_object(answer)
    if said.get("ok") is not True:
        return _doubt(answer) if answer.status_code < HTTPStatus.BAD_REQUEST else hindrance(answer)
    result = part(said, "result")
    first = result[0] if isinstance(result, list) and result else result  # an album is one message for each picture
    number = words(first, "message_id")
    return Published(number, _address(first, number, site)) if number else _doubt(answer)


def hindrance(answer: httpx.Response) -> Later | Refused | Held:
    """Why it was not done. Telegram says so with `ok`: false; without that something on the way has answered."""
    said = json_object(answer)
    why = words(said, "description")
    if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        at = in_seconds(part(said, "parameters", "retry_after")) or retry_after(answer)
        return Later(_("Telegram wants fewer posts."), at=at, everyone=True)
    if answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return Refused(_("Telegram does not take that much at once."))
    if said.get("ok") is not False:
        return Later(_("Something else than Telegram answered (%(status)s).", status=answer.status_code))
    if answer.status_code in UNKNOWN_BOT:
        return Held(_("Telegram does not know the bot any more. Enter its token anew."))
    return _held(answer, why) or Refused(_("Telegram refused it: %(why)s", why=why))


def _held(answer: httpx.Response, why: str) -> Held | None:
    moved, text = words(json_object(answer), "parameters", "migrate_to_chat_id"), why.lower()
    if moved:
        return Held(_("The channel has another number now: %(n)s. Connect it anew.", n=moved))
    if any(each in text for each in GONE):
        return Held(_("Telegram does not find the channel, or the bot is not in it."))
    if answer.status_code == HTTPStatus.FORBIDDEN or any(each in text for each in MAY_NOT):
        return Held(_("The bot may not post in the channel: %(why)s", why=why), Remedy.SETUP)
    return None


def _doubt(answer: httpx.Response) -> Unknown:
    return Unknown(_("What Telegram answered cannot be read (%(status)s).", status=answer.status_code))


def _address(message: object, number: str, site: str) -> str:
    """Of a channel without a name only its members can open it."""
    name, chat = words(message, "chat", "username"), words(message, "chat", "id")
    if name:
        return f"{site}/{name}/{number}"
    return f"{site}/c/{chat.removeprefix('-100')}/{number}" if chat.startswith("-100") else ""
