"""The request that publishes, as bytes that say all of it: JSON for a text, and a form with the pictures in it, for
Telegram takes none ahead of their post. The form's boundary is made from the post's key, so the same post is the same
bytes."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from host import _
from plugins.publishing.networks.telegram.pictures import ENDINGS
from plugins.publishing.platform import Message, Option, Picture

SILENTLY = Option("sound", _("Sound"), (("on", _("With a sound")), ("off", _("Silently"))), given="on")
LINE = b"\r\n"


def frozen(message: Message, chat: str) -> bytes:
    """`chat` is the channel's number."""
    common: dict[str, Any] = {"chat_id": int(chat)}
    if message.options.get(SILENTLY.name) == "off":
        common["disable_notification"] = True
    if message.reply:
        common["reply_parameters"] = {"message_id": int(message.reply.parent)}
    if not message.pictures:
        return _packed({**common, "text": message.text}).encode()
    return _form(f"fallow-{message.key}".encode(), common | _shown(message), message.pictures)


def method_of(body: bytes) -> str:
    """What it asks for."""
    if not _is_form(body):
        return "sendMessage"
    return "sendMediaGroup" if "media" in _words(body) else "sendPhoto"


def type_of(body: bytes) -> str:
    """As its header names it."""
    if not _is_form(body):
        return "application/json"
    return f"multipart/form-data; boundary={body[2 : body.index(LINE)].decode()}"


def text_of(body: bytes) -> str:
    """What people read."""
    if not _is_form(body):
        return str(json.loads(body)["text"])
    words = _words(body)
    return str(json.loads(words["media"])[0].get("caption", "")) if "media" in words else words.get("caption", "")


def _shown(message: Message) -> dict[str, Any]:
    """One photo is a field, several are an album whose first one has the text for all."""
    caption = {"caption": message.text} if message.text else {}
    if len(message.pictures) == 1:
        return caption
    album: list[dict[str, str]] = [
        {"type": "photo", "media": f"attach://{_name(number)}"} for number in range(len(message.pictures))
    ]
    album[0] |= caption
    return {"media": album}


def _form(boundary: bytes, values: Mapping[str, Any], pictures: Sequence[Picture]) -> bytes:
    """The words stand before the pictures."""
    parts = [_field(name, value) for name, value in values.items()]
    alone = len(pictures) == 1
    parts += [_file("photo" if alone else _name(number), each) for number, each in enumerate(pictures)]
    return b"".join(b"--" + boundary + LINE + each + LINE for each in parts) + b"--" + boundary + b"--" + LINE


def _field(name: str, value: Any) -> bytes:
    said = value if isinstance(value, str) else _packed(value)
    return f'Content-Disposition: form-data; name="{name}"'.encode() + LINE + LINE + said.encode()


def _file(name: str, picture: Picture) -> bytes:
    called = f"{name}.{ENDINGS.get(picture.type, 'jpg')}"
    head = f'Content-Disposition: form-data; name="{name}"; filename="{called}"'.encode()
    return head + LINE + f"Content-Type: {picture.type}".encode() + LINE + LINE + picture.read()


def _words(body: bytes) -> dict[str, str]:
    """The fields of a form of ours that are no files."""
    return dict(_fields(body))


def _fields(body: bytes) -> Iterator[tuple[str, str]]:
    boundary = body[: body.index(LINE)]
    for part in body.split(boundary + LINE)[1:]:
        head, _ends, value = part.removesuffix(LINE).partition(LINE + LINE)
        if b"filename=" in head:
            return
        yield head.decode().partition('name="')[2].removesuffix('"'), value.decode()


def _is_form(body: bytes) -> bool:
    return body.startswith(b"--")


def _name(number: int) -> str:
    return f"picture{number}"


def _packed(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
