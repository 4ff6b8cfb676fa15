"""What a network has to be able to do: the interface behind the hook `register_platforms`.

The networks know nothing of our tables. They get what is to be published, and whose it is, as plain values; they ask by
the client that they are given, and answer with an outcome.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

import httpx

from plugins.publishing.outcomes import Finding, Outcome

if TYPE_CHECKING:
    from plugins.publishing.doors import Door


@dataclass(frozen=True)
class Picture:
    """A picture as a person gave it; never changed on its way. `type` is the media type that was found in its bytes."""

    name: str
    type: str
    size: int  # bytes
    width: int
    height: int
    alt: str
    read: Callable[[], bytes]


@dataclass(frozen=True)
class Reply:
    """What the networks call the first part of a thread, and the one that this part answers."""

    root: str
    parent: str


@dataclass(frozen=True)
class Message:
    """One part of a post, as one network is to have it.

    `at` is the moment that the network is told as its own, where it takes one; `key` the name of this very message,
    made by `Platform.key`. `uploaded` names the pictures as `Platform.upload` did, in their order. `options` are the
    network's own choices (`Platform.options`), `language` a BCP 47 tag or nothing. `resolved` is what
    `Platform.prepare` found out.
    """

    text: str
    key: str
    at: datetime
    pictures: Sequence[Picture] = ()
    uploaded: Sequence[str] = ()
    reply: Reply | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    resolved: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Tokens:
    access: str
    refresh: str = ""
    expires_at: datetime | None = None  # None: as far as we know never
    refresh_expires_at: datetime | None = None


@dataclass(frozen=True)
class Login:
    """An account at a network, with what we may do there. `addresses` are the network's own (`Platform.addresses`),
    unless a person gave others; `app` is the app's id and secret where people bring their own; `profile` is what the
    network told of itself and of the account, such as its limits, as JSON values."""

    addresses: Mapping[str, str]
    tokens: Tokens
    remote_id: str
    handle: str
    profile: Mapping[str, Any] = field(default_factory=dict)
    app: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Room:
    """How much of what a network allows a text takes, in the network's own count. `wire` is what the text becomes on
    its way, where that is counted too."""

    used: int
    most: int
    wire: int | None = None

    @property
    def over(self) -> bool:
        return max(self.used, self.wire or 0) > self.most


@dataclass(frozen=True)
class Preview:
    """What people will read, taken from the very bytes that would be sent: stretches of text, each with the address it
    leads to or an empty text."""

    stretches: Sequence[tuple[str, str]]
    warning: str = ""  # a content warning that hides the text


@dataclass(frozen=True)
class Sent:
    """A request that may have been done: its bytes, and how often its effect was looked for and not found
    (`LookAgain`). `at` is when it was first sent. Unless `may_repeat`, the space would rather be asked than have it
    sent again to a network that might take it for another."""

    body: bytes
    key: str
    at: datetime
    looks: int
    may_repeat: bool = True


@dataclass(frozen=True)
class Option:
    """A choice that a network offers for a post: values with their words, or a line of text for none."""

    name: str
    label: str
    values: Sequence[tuple[str, str]] = ()
    given: str = ""


class Platform(ABC):
    """A network. All that publishes nothing may be repeated, raises Hindered, and never changes what is out there."""

    name: ClassVar[str]  # in rows and addresses: `mastodon`
    title: ClassVar[str]  # for people: Mastodon
    icon: ClassVar[str]  # of the sheet: `p-mastodon`
    addresses: ClassVar[Mapping[str, str]] = {}  # `api`, and `site` where people sign in; no slash at the end
    longest_thread: ClassVar[int] = 1  # parts
    most_pictures: ClassVar[int] = 4
    picture_types: ClassVar[Sequence[str]] = ("image/jpeg", "image/png", "image/webp", "image/gif")
    picture_bytes: ClassVar[int] = 5_000_000
    options: ClassVar[Sequence[Option]] = ()
    renews_for_ever: ClassVar[bool] = True  # whether each renewal also puts off the end of the right to renew
    door: ClassVar["Door | None"] = None  # how an account is connected; None where there is nothing to connect

    @abstractmethod
    def room(self, text: str, profile: Mapping[str, Any]) -> Room:
        """By the one count that pages, checks, imports and the API share."""

    def problems(self, message: Message, profile: Mapping[str, Any]) -> Sequence[str]:  # noqa: ARG002
        """Why the network would not take it, besides its length, its pictures' number, types and sizes: a sentence
        each."""
        return ()

    def cost(self, text: str) -> Decimal | None:  # noqa: ARG002
        """What the network charges for it, in US dollars; None where it charges nothing."""
        return None

    @abstractmethod
    def key(self, seed: str, at: datetime) -> str:
        """The name of a message, by which the network knows a second request for it where it can. The same for the same
        seed and moment."""

    @abstractmethod
    def body(self, message: Message, login: Login) -> bytes:
        """The very bytes of the request. The same for the same message: nothing here looks at the clock."""

    @abstractmethod
    def preview(self, body: bytes) -> Preview:
        """What people will read."""

    def prepare(self, message: Message, login: Login, client: httpx.Client) -> Mapping[str, str]:  # noqa: ARG002
        """What has to be asked before the body can be made, such as whom a mention means; it goes into
        `Message.resolved`. Raises Hindered."""
        return {}

    def upload(self, picture: Picture, login: Login, client: httpx.Client) -> str:
        """Hand over a picture; what the network calls it, as `body` needs it. Raises Hindered."""
        raise NotImplementedError(f"{self.title} takes no pictures")

    @abstractmethod
    def send(self, body: bytes, key: str, login: Login, client: httpx.Client) -> Outcome:
        """Publish, by one request that is made once."""

    @abstractmethod
    def settle(self, sent: Sent, login: Login, client: httpx.Client) -> Finding:
        """Find out whether an earlier request was done, by looking, or by sending it again where the network knows it
        again."""

    def renew(self, login: Login, client: httpx.Client) -> Tokens:
        """New tokens for old ones. Raises Hindered."""
        raise NotImplementedError(f"{self.title} has tokens that do not end")
