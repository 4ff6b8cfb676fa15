"""A tab of the composer: what a post says on one network, counted, checked and seen as it would be sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from werkzeug.utils import cached_property

from host import _, now
from plugins.publishing.checking import problems
from plugins.publishing.connection import Connection
from plugins.publishing.content import drafts_of
from plugins.publishing.mishaps import FAILED, spared
from plugins.publishing.platform import Message, Option, Platform, Preview, Room
from plugins.publishing.sheet import Sheet

NEAR = 0.95  # of what a network allows


@dataclass(frozen=True)
class Counted:
    """A part of the thread, with what it takes; without that where the network could not count it."""

    number: int
    text: str
    room: Room | None = None

    @property
    def words(self) -> str:
        if self.room is None:
            return ""
        used = f"{self.room.used:,}/{self.room.most:,}"
        if self.room.wire is None or self.room.wire == self.room.used:
            return used
        return _("%(used)s, %(wire)s as sent", used=used, wire=f"{self.room.wire:,}")

    @property
    def over(self) -> bool:
        return self.room is not None and self.room.over

    @property
    def full(self) -> float:
        """How much of what the network allows it takes."""
        return max(self.room.used, self.room.wire or 0) / (self.room.most or 1) if self.room else 0

    @property
    def near(self) -> bool:
        return self.full > NEAR


@dataclass(frozen=True)
class Seen:
    """What the network makes of the texts."""

    parts: Sequence[Counted]
    problems: Sequence[str]
    charge: Decimal | None = None  # US dollars
    previews: Sequence[Preview] = ()


@dataclass(frozen=True)
class Tab:
    network: Platform
    connection: Connection | None  # one of those it goes out on, whose limits count
    sheet: Sheet
    behind: bool = False  # the shared text was changed since this one became its own
    fixed: bool = False  # it is out there, or on its way: the sheet has what it says
    late: Sequence[str] = ()  # what was typed there all the same

    @property
    def key(self) -> str:
        """Of elements in the page; a plugin's network has a dot in its name."""
        return self.network.name.replace(".", "-")

    @property
    def own(self) -> bool:
        return self.network.name in self.sheet.own

    @property
    def parts(self) -> Sequence[Counted]:
        return self._seen.parts

    @property
    def fullest(self) -> Counted:
        return max(self.parts, key=lambda part: part.full)

    @property
    def words(self) -> str:
        """For the tab itself: the counter of its fullest part."""
        fullest = self.fullest
        return _("own %(words)s", words=fullest.words) if self.own else fullest.words

    @property
    def charge(self) -> Decimal | None:
        """What the network charges for it, in US dollars; None where it charges nothing."""
        return self._seen.charge

    @property
    def cost(self) -> str:
        """The same in words."""
        if self.charge is None:
            return ""
        return _("%(network)s charges $%(sum)s for this.", network=self.network.title, sum=f"{self.charge:f}")

    @property
    def problems(self) -> Sequence[str]:
        return self._seen.problems

    @property
    def options(self) -> Sequence[tuple[Option, str]]:
        """With what is chosen of each."""
        chosen = self.sheet.options_for(self.network.name)
        return [(each, chosen.get(each.name, each.given)) for each in self.network.options]

    @property
    def previews(self) -> Sequence[Preview]:
        """None for a network that it does not go to: its bytes name the account."""
        return self._seen.previews

    @property
    def author(self) -> str:
        return (self.connection.title or self.connection.handle) if self.connection else self.network.title

    @property
    def handle(self) -> str:
        return self.connection.handle if self.connection else ""

    @cached_property
    def _seen(self) -> Seen:
        return spared(self.network, self._looked_at, otherwise=self._unseen)

    def _looked_at(self) -> Seen:
        """By the texts as they are sent, marks on links included."""
        messages, network = drafts_of(self.sheet, self.network, now()), self.network
        rooms = [network.room(message.text, self._profile) for message in messages]
        costs = [cost for message in messages if (cost := network.cost(message.text)) is not None]
        return Seen(
            [Counted(number, text, rooms[number]) for number, text in enumerate(self._texts)],
            problems(self.sheet, network, self._profile),
            sum(costs, Decimal(0)) if costs else None,
            self._previews(messages),
        )

    def _unseen(self) -> Seen:
        return Seen([Counted(number, text) for number, text in enumerate(self._texts)], [FAILED])

    def _previews(self, messages: Sequence[Message]) -> Sequence[Preview]:
        """From the bytes that would be sent; pictures stand beside, for they are not uploaded yet."""
        if self.connection is None:
            return ()
        login = self.connection.login
        alone = [replace(message, pictures=(), uploaded=()) for message in messages]
        return [self.network.preview(self.network.body(message, login)) for message in alone]

    @property
    def _texts(self) -> Sequence[str]:
        return self.sheet.texts_for(self.network.name)

    @property
    def _profile(self) -> Mapping[str, Any]:
        return self.connection.profile if self.connection else {}
