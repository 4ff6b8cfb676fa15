"""The language of a post, for networks that want to be told: a tag such as `en` or `pt-BR` (BCP 47)."""

import re
from collections.abc import Sequence

from host import _
from plugins.publishing.platform import Message, Option

TAG = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*")
OPTION = Option("language", _("Language"))


def language_of(message: Message) -> str:
    """What was chosen for this network, or what the post says; nothing where nobody knows."""
    return message.options.get(OPTION.name, "").strip() or message.language


def problems(message: Message) -> Sequence[str]:
    tag = language_of(message)
    if not tag or TAG.fullmatch(tag):
        return ()
    return (_("“%(tag)s” is no language: write it like en or pt-BR.", tag=tag),)
