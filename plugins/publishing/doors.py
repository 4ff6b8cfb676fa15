"""How an account at a network is connected: what a person enters, and where they are sent to."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from plugins.publishing.platform import Tokens

Entered = Mapping[str, str]


@dataclass(frozen=True)
class Field:
    """Something that a person enters. A secret is not shown while it is typed, and kept encrypted."""

    name: str
    label: str
    hint: str = ""
    secret: bool = False
    required: bool = True
    given: str = ""  # where nothing is entered


@dataclass(frozen=True)
class Granted:
    """What a network gave us: an account that we may publish for. `addresses` are where it lives, if a person said so
    (an instance, a server of their own); empty for the platform's."""

    tokens: Tokens
    remote_id: str
    handle: str
    title: str = ""  # a name for people, where it is not the handle
    profile: Mapping[str, Any] = field(default_factory=dict)
    app: Entered = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """Where a person goes to agree, and what we need to know when they come back (kept encrypted)."""

    url: str
    memory: Mapping[str, str]


class Door(ABC):  # noqa: B024 -- what its two kinds share
    """Asked in jobs, outside of any transaction. `addresses` are the platform's, unless a person gave others. Its
    methods raise Hindered, but `check`, which asks nobody and raises Invalid by the fields' names."""

    fields: Sequence[Field] = ()
    steps: Sequence[str] = ()  # how a person comes by what they enter, a sentence each

    def check(self, entered: Entered) -> None:  # noqa: B027 -- nothing, where nothing can be told
        """Raise Invalid for what cannot be right."""


class SignIn(Door):
    """By what a person enters, such as an app password or a bot's token."""

    @abstractmethod
    def enter(self, entered: Entered, addresses: Mapping[str, str], client: httpx.Client) -> Granted: ...


class OAuth(Door):
    """By a visit to the network, from which the person comes back with a code."""

    @abstractmethod
    def begin(
        self, entered: Entered, addresses: Mapping[str, str], redirect: str, state: str, client: httpx.Client
    ) -> Step: ...

    @abstractmethod
    def finish(
        self, step: Step, code: str, entered: Entered, addresses: Mapping[str, str], redirect: str, client: httpx.Client
    ) -> Granted: ...
