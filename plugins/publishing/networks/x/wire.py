"""A post as X takes it: JSON with no key that X does not know."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plugins.publishing.platform import Message


@dataclass(frozen=True)
class Wire:
    text: str
    pictures: Sequence[str] = ()
    reply: str = ""  # the id of the post that it answers
    who_may_reply: str = ""  # X's word; empty: everyone

    @classmethod
    def of(cls, message: Message) -> "Wire":
        reply = message.reply.parent if message.reply else ""
        return cls(message.text, tuple(message.uploaded), reply, message.options.get("reply_settings", ""))

    @classmethod
    def read(cls, body: bytes) -> "Wire":
        said = json.loads(body)
        return cls(
            said.get("text", ""),
            tuple(said.get("media", {}).get("media_ids", ())),
            said.get("reply", {}).get("in_reply_to_tweet_id", ""),
            said.get("reply_settings", ""),
        )

    def write(self) -> bytes:
        said: Mapping[str, Any] = {
            "text": self.text,
            "media": {"media_ids": list(self.pictures)} if self.pictures else None,
            "reply": {"in_reply_to_tweet_id": self.reply} if self.reply else None,
            # Whoever may reply to a thread is said at its first post.
            "reply_settings": None if self.reply else self.who_may_reply,
        }
        given = {name: value for name, value in said.items() if value}
        return json.dumps(given, ensure_ascii=False, separators=(",", ":")).encode()
