"""Telegram's Bot API, with a channel and a bot that may post there.

By core.telegram.org/bots/api; the words of its errors are those that bots have met (docs/networks/telegram.md).
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.peers.peer import PUBLISH, Peer
from tests.peers.posts import PeerPost, PeerToken
from tests.peers.reply import Reply, says
from tests.received import Part, Received

TOKEN = "7000000001:AAHwmxTFx7Zt1tz2cWUsPvQ3S0kQGvRrL4A"
ROUTE = re.compile(r"/bot([^/]+)/(\w+)")
KINDS = {"getme": "me", "getchat": "chat", "getchatmember": "member"}
KINDS |= dict.fromkeys(("sendmessage", "sendphoto", "sendmediagroup"), PUBLISH)
LONGEST_TEXT, LONGEST_CAPTION = 4096, 1024  # code points, as others have measured
LARGEST_PHOTO = 10 * 1024 * 1024
PHOTOS = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF")
RATE, WINDOW = 20, timedelta(minutes=1)  # posts in one channel


@dataclass
class Channel:
    id: int = -1001234567890
    name: str = "orchard_news"
    title: str = "Orchard news"
    type: str = "channel"
    # What the bot is there; None where it is nobody.
    bot: dict[str, Any] | None = field(default_factory=lambda: {"status": "administrator", "can_post_messages": True})


class Refusal(Exception):  # noqa: N818 -- it says what happened
    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        more = {"parameters": parameters} if parameters else {}
        self.reply = says(status, {"ok": False, "error_code": status, "description": description, **more})


class TelegramPeer(Peer):
    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.channel = Channel()
        self.tokens[TOKEN] = PeerToken(TOKEN, "7000000001", self.now())
        self.asked_at: list[datetime] = []
        self._last = 100

    def kind(self, request: Received) -> str:
        found = ROUTE.fullmatch(request.route)
        return KINDS.get(found[2].lower(), "unknown") if found else "unknown"

    def answer(self, request: Received) -> Reply:
        try:
            method = self._let_in(request)
            values, files = _given(request)
            handler = getattr(self, f"_{method}", None)
            if handler is None:
                raise Refusal(404, "Not Found: method not found")
            return says(200, {"ok": True, "result": handler(values, files)})
        except Refusal as refusal:
            return refusal.reply

    def broken(self) -> Reply:
        return says(500, {"ok": False, "error_code": 500, "description": "Internal Server Error"})

    def says_401_once(self, request: Received) -> Reply:
        return Refusal(401, "Unauthorized").reply

    def says_403_once(self, request: Received) -> Reply:
        return Refusal(403, "Forbidden: bot was kicked from the channel chat").reply

    def says_429(self, request: Received, seconds: int = 35) -> Reply:
        return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds).reply

    def says_400(self, request: Received, description: str, **parameters: int) -> Reply:
        return Refusal(400, f"Bad Request: {description}", **parameters).reply

    def _let_in(self, request: Received) -> str:
        """The method's name, whatever its letters' case."""
        found = ROUTE.fullmatch(request.route)
        if not found or not re.fullmatch(r"\d+:[\w-]{35}", found[1]):
            raise Refusal(404, "Not Found")
        token = self.tokens.get(found[1])
        if token is None or token.revoked:
            raise Refusal(401, "Unauthorized")
        return found[2].lower()

    def _getme(self, values: Mapping[str, Any], files: Mapping[str, Part]) -> dict[str, Any]:
        return {"id": 7000000001, "is_bot": True, "first_name": "Orchard", "username": "orchard_bot"}

    def _getchat(self, values: Mapping[str, Any], files: Mapping[str, Part]) -> dict[str, Any]:
        return self._shown(self._found(values))

    def _getchatmember(self, values: Mapping[str, Any], files: Mapping[str, Part]) -> dict[str, Any]:
        channel = self._found(values)
        if str(values.get("user_id")) != "7000000001":
            raise Refusal(400, "Bad Request: user not found")
        if channel.bot is None:
            raise Refusal(400, "Bad Request: member list is inaccessible")
        return {**channel.bot, "user": self._getme({}, {})}

    def _sendmessage(self, values: Mapping[str, Any], files: Mapping[str, Part]) -> dict[str, Any]:
        text = str(values.get("text", "")).strip()
        self._require_may_post(values)
        if not text:
            raise Refusal(400, "Bad Request: message text is empty")
        if len(text) > LONGEST_TEXT:
            raise Refusal(400, "Bad Request: message is too long")
        return self._posted(values, text)

    def _sendphoto(self, values: Mapping[str, Any], files: Mapping[str, Part]) -> dict[str, Any]:
        self._require_may_post(values)
        if "photo" not in files:
            raise Refusal(400, "Bad Request: there is no photo in the request")
        _require_photo(files["photo"])
        caption = _caption(values)
        return self._posted(values, caption, files["photo"].data)

    def _sendmediagroup(self, values: Mapping[str, Any], files: Mapping[str, Part]) -> list[dict[str, Any]]:
        self._require_may_post(values)
        album = values.get("media", [])
        if not 2 <= len(album) <= 10:
            raise Refusal(400, "Bad Request: group send failed")
        for each in album:
            name = each["media"].removeprefix("attach://")
            if each["type"] != "photo" or name not in files or name == each["media"]:
                raise Refusal(400, "Bad Request: wrong file identifier/HTTP URL specified")
            _require_photo(files[name])
        text = " / ".join(_caption(each) for each in album if "caption" in each)
        data = [files[each["media"].removeprefix("attach://")].data for each in album]
        first = self._posted(values, text, *data)
        self._last += len(album) - 1
        return [{**first, "message_id": first["message_id"] + number} for number in range(len(album))]

    def _found(self, values: Mapping[str, Any]) -> Channel:
        asked = str(values.get("chat_id", ""))
        if not asked:
            raise Refusal(400, "Bad Request: chat_id is empty")
        if asked.lower() not in (str(self.channel.id), f"@{self.channel.name}".lower()):
            raise Refusal(400, "Bad Request: chat not found")
        return self.channel

    def _require_may_post(self, values: Mapping[str, Any]) -> None:
        channel = self._found(values)
        if channel.bot is None:
            raise Refusal(403, "Forbidden: bot is not a member of the channel chat")
        if not channel.bot.get("can_post_messages"):
            raise Refusal(400, "Bad Request: need administrator rights in the channel chat")
        self.asked_at = [each for each in self.asked_at if each > self.now() - WINDOW]
        if len(self.asked_at) >= RATE:
            left = int((self.asked_at[0] + WINDOW - self.now()).total_seconds()) + 1
            raise Refusal(429, f"Too Many Requests: retry after {left}", retry_after=left)
        self.asked_at.append(self.now())

    def _posted(self, values: Mapping[str, Any], text: str, *photos: bytes) -> dict[str, Any]:
        """Each request is a post of its own: there is no key, and the same text may stand there twice."""
        answered = str(values.get("reply_parameters", {}).get("message_id", ""))
        if answered and answered not in {each.id for each in self.posts if not each.gone}:
            raise Refusal(400, "Bad Request: message to be replied not found")
        if "parse_mode" in values:
            raise Refusal(400, "Bad Request: can't parse entities")  # what people write is seldom right by its rules
        self._last += 1
        more = {"photos": photos, "silent": bool(values.get("disable_notification"))}
        post = PeerPost(str(self._last), text, self.now(), str(self.channel.id), reply=answered, more=more)
        self.posts.append(post)
        at = int(self.now().timestamp())
        return {"message_id": self._last, "date": at, "chat": self._shown(self.channel), "text": text}

    def _shown(self, channel: Channel) -> dict[str, Any]:
        name = {"username": channel.name} if channel.name else {}
        return {"id": channel.id, "title": channel.title, "type": channel.type, **name}


def _given(request: Received) -> tuple[dict[str, Any], Mapping[str, Part]]:
    """Values and files. What is no text stands in a form as JSON."""
    kind = request.headers.get("content-type", "")
    if kind == "application/json":
        return request.json, {}
    if not kind.startswith("multipart/form-data"):
        return {}, {}
    files = {name: part for name, part in request.parts.items() if part.filename}
    values = {name: part.data.decode() for name, part in request.parts.items() if not part.filename}
    for name in ("media", "reply_parameters", "disable_notification"):
        if name in values:
            values[name] = json.loads(values[name])
    return values, files


def _caption(values: Mapping[str, Any]) -> str:
    caption = str(values.get("caption", "")).strip()
    if len(caption) > LONGEST_CAPTION:
        raise Refusal(400, "Bad Request: message caption is too long")
    return caption


def _require_photo(part: Part) -> None:
    if len(part.data) > LARGEST_PHOTO:
        raise Refusal(413, "Request Entity Too Large")
    if not part.data.startswith(PHOTOS):
        raise Refusal(400, "Bad Request: IMAGE_PROCESS_FAILED")
