"""What can recur: a kind of thing that a queue makes again."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from types import MappingProxyType
from typing import Any

from werkzeug.datastructures import MultiDict

from host import User


@dataclass(frozen=True)
class Original:
    """What is repeated, as pages show it. By its `id` it is known from then on."""

    id: int
    title: str
    excerpt: str = ""
    url: str = ""
    words: Sequence[str] = ()  # all that it says, where that may differ from what was said before


@dataclass(frozen=True)
class Order:
    """What a queue asks for. `at` is when it is wanted: at its occurrence, or now where that has gone by. `number`
    counts its runs from 1. `last_version` is which of its variations was used last. `options` are its kind's own."""

    queue_id: int
    original_id: int
    owner: User
    occurrence: datetime
    at: datetime
    number: int
    zone: tzinfo
    last_version: int | None = None
    most: int | None = None  # runs that there will be of it, where that was said
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Made:
    """What was made. `note` says what a person should know of it; `said` are its words, and `version` the variation
    that they are, where its kind has such. `title` is what the original is called by now."""

    id: int
    note: str = ""
    said: Sequence[str] = ()
    version: int | None = None
    title: str = ""


@dataclass(frozen=True)
class Fate:
    """What became of something that was made. `icon` and `hue` are words of the style sheet."""

    words: str
    icon: str
    hue: str
    url: str = ""


class NotNow(Exception):  # noqa: N818 -- it says what happened
    """There is nothing to be made this time, and that is no failure: the queue goes on with its next time. `asks` says
    whether a person should see to something."""

    def __init__(self, why: str, *, asks: bool = True) -> None:
        super().__init__(why)
        self.why, self.asks = why, asks


class Gone(Exception):  # noqa: N818 -- it says what happened
    """The original is no more, so nothing will come of its queue again."""


class Recurrence(ABC):
    """One kind. What belongs to a plugin of others carries its name: `orchard.apple`."""

    name: str
    title: str
    icon: str
    given: Mapping[str, Any] = MappingProxyType({})  # the options of a queue that nobody has decided on yet
    template: str = ""  # draws its part of a queue's form: with `options`, `errors`, and what `beside` gives

    @abstractmethod
    def choices(self, person: User) -> Sequence[tuple[int, str]]:
        """How they name it, and the title, of what they could have repeated, the newest first; some dozens at most."""

    @abstractmethod
    def require(self, named: int, person: User) -> Original:
        """What they mean by a number: its id, or however people name such things. Raises NotFound for what they may not
        see or there is not, Forbidden for what is not theirs to repeat."""

    @abstractmethod
    def original(self, original_id: int) -> Original | None:
        """As it is now; None when it is gone."""

    @abstractmethod
    def originals(self, ids: Collection[int], reader: User) -> Mapping[int, Original]:
        """Several by their ids; what is gone, or not theirs to see, is left out."""

    @abstractmethod
    def make(self, order: Order) -> Made:
        """Once, in the running transaction. Raises NotNow, Gone, and Fault for what may go better later."""

    @abstractmethod
    def fates(self, ids: Collection[int], reader: User) -> Mapping[int, Fate]:
        """By id; what is gone, or not theirs to see, is left out."""

    def beside(self, original_id: int, person: User) -> Mapping[str, Any]:  # noqa: ARG002
        """What its template has to choose from."""
        return {}

    def typed(self, form: MultiDict[str, str], original_id: int) -> dict[str, Any]:  # noqa: ARG002
        """Its options, as its part of the form sent them; `checked` comes later."""
        return {}

    def told(self, queue_id: int) -> str:  # noqa: ARG002
        """How all that a queue made has fared, in a few words beside the number of its runs."""
        return ""

    def checked(self, options: Mapping[str, Any], original_id: int, person: User) -> dict[str, Any]:  # noqa: ARG002
        """The options as they are kept. Raises Invalid by fields."""
        return dict(options)

    def warnings(self, order: Order, every: float) -> Sequence[str]:  # noqa: ARG002
        """What its owner should know, a sentence each. `every` is in days."""
        return ()

    def changed(self, original_id: int, said: Sequence[str]) -> bool:  # noqa: ARG002
        """Whether the original says something else by now than what was said last."""
        return False
