"""What came of asking a network, and with it what happens next. No network is asked twice for what it may have done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


class Remedy(StrEnum):
    """What a person does about a connection that holds its posts."""

    RECONNECT = "reconnect"
    CREDITS = "credits"  # the account at the network has to be paid for
    SETUP = "setup"  # the app at the network lacks a permission or a product


@dataclass(frozen=True)
class Published:
    """It is there. `remote_id` is what the network needs to answer to it; `url` is for people; `note` says what they
    should know about it, such as that it is seen by fewer than was asked for. `gone`: somebody has removed it since.
    `learned` are values of `Login.profile` to keep."""

    remote_id: str
    url: str = ""
    note: str = ""
    gone: bool = False
    learned: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Later:
    """It was not done, and may be asked again: at a time that the network named, or after a while. `everyone`: the same
    would be said to every post of this connection until then. `counts`: it was a try; what fails for want of a network
    is none. `learned` as in Published."""

    why: str
    at: datetime | None = None
    everyone: bool = False
    counts: bool = True
    learned: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Refused:
    """It was not done, and never will be as it is. `duplicate`: because the same is there already."""

    why: str
    duplicate: bool = False


@dataclass(frozen=True)
class Held:
    """It was not done, and no post of this connection will be until a person does something."""

    why: str
    remedy: Remedy = Remedy.RECONNECT


@dataclass(frozen=True)
class Renew:
    """It was not done, because the token is no longer good; with a renewed one it may be asked again."""

    why: str


@dataclass(frozen=True)
class Unknown:
    """Nobody can tell whether it was done."""

    why: str


@dataclass(frozen=True)
class Absent:
    """We looked, and it is not there: it may be asked again."""

    why: str


@dataclass(frozen=True)
class LookAgain:
    """Too early to tell. `looked` says whether this was a look that did not find it, which `Sent.looks` counts."""

    after: timedelta
    looked: bool = True


@dataclass(frozen=True)
class Ask:
    """Only a person can tell."""

    why: str


# What comes of a request that publishes.
Outcome = Published | Later | Refused | Held | Renew | Unknown
# What comes of finding out whether an earlier request was done.
Finding = Published | Absent | LookAgain | Ask | Later | Refused | Held | Renew
# Why something that publishes nothing (a picture's upload, a new token, a look) could not be done.
Hindrance = Later | Refused | Held | Renew


class Hindered(Exception):  # noqa: N818 -- it says what happened
    """What publishes nothing could not be done; it may always be asked again. `memory` is what `OAuth.finish` has to
    know then, beside what its `Step` holds: a code is good for one token, so that has to be kept."""

    def __init__(self, hindrance: Hindrance, memory: Mapping[str, str] | None = None) -> None:
        super().__init__(hindrance.why)
        self.hindrance = hindrance
        self.memory = memory or {}
