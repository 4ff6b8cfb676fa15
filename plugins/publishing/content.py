"""What a target says, as messages for its network: one for each part."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from plugins.publishing.links import LINK, tagged
from plugins.publishing.part import Part
from plugins.publishing.platform import Message, Picture, Platform, Reply
from plugins.publishing.policy import Policy
from plugins.publishing.target import Target


class Shown(Protocol):
    """A picture of what is said."""

    @property
    def part(self) -> int: ...
    @property
    def picture(self) -> Picture: ...


class Said(Protocol):
    """What may be published: a post, or what somebody has typed into one and not saved."""

    @property
    def account_id(self) -> int: ...
    @property
    def media(self) -> Sequence[Shown]: ...
    def texts_for(self, platform: str) -> Sequence[str]: ...
    def options_for(self, platform: str) -> Mapping[str, str]: ...


def texts_of(post: Said, platform: str) -> list[str]:
    """As they are sent: with the space's marks on their links."""
    texts = post.texts_for(platform)
    template = Policy.of(post.account_id).utm if any(map(LINK.search, texts)) else ""
    return [tagged(text, template, platform) for text in texts]


def pictures_of(post: Said, number: int, *, parts: int) -> list[Picture]:
    """Of this part. A thread that is shorter on this network than the shared one shows the rest with its last."""
    return [medium.picture for medium in post.media if min(medium.part, parts - 1) == number]


def message_of(target: Target, part: Part) -> Message:
    """This part, with what the network calls its pictures so far, as an answer to the part before it."""
    post, platform = target.post, target.platform
    texts = texts_of(post, platform)
    return Message(
        text=texts[part.number],
        key=part.key,
        at=part.at,
        pictures=pictures_of(post, part.number, parts=len(texts)),
        uploaded=tuple(part.uploaded),
        reply=_reply(target.parts, part.number),
        options=post.options_for(platform),
    )


def drafts_of(post: Said, network: Platform, at: datetime) -> Sequence[Message]:
    """All parts, before anything of them is out: to be checked, counted and looked at."""
    texts, options = texts_of(post, network.name), post.options_for(network.name)
    pictures = [pictures_of(post, number, parts=len(texts)) for number in range(len(texts))]
    return [
        Message(
            text,
            network.key(f"draft.{number}", at),
            at,
            pictures=shown,
            uploaded=tuple(f"picture-{place}" for place in range(len(shown))),
            options=options,
        )
        for number, (text, shown) in enumerate(zip(texts, pictures, strict=True))
    ]


def _reply(parts: Sequence[Part], number: int) -> Reply | None:
    if number == 0:
        return None
    return Reply(root=parts[0].remote_id or "", parent=parts[number - 1].remote_id or "")
