"""A board's actions: who said what, who made and archived which card, who ticked which item, and when."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from host.transfer.trello.loose import Thing, identifier, moment, text, thing, things

COMMENTS = ("commentCard", "copyCommentCard")
BIRTHS = ("createCard", "copyCard", "emailCard", "convertToCardFromCheckItem")


class Deed(NamedTuple):
    """A member's id, empty when unknown, and the time, where it was written down."""

    member: str
    at: datetime | None


class Saying(NamedTuple):
    members: tuple[str, ...]  # who said it, or else who wrote it down here
    at: datetime | None
    text: str


@dataclass(slots=True)
class History:
    comments: dict[str, list[Saying]] = field(default_factory=lambda: defaultdict(list))  # by card, oldest first
    births: dict[str, Deed] = field(default_factory=dict)  # by card
    closings: dict[str, Deed] = field(default_factory=dict)  # by card or list, the last one
    ticks: dict[str, Deed] = field(default_factory=dict)  # by item
    people: dict[str, Thing] = field(default_factory=dict)
    others: int = 0  # actions of which nothing is taken over
    _seen: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, actions: Any) -> "History":
        """Trello lists the newest first; sorted here, since not every export does."""
        history = cls()
        for action in sorted(things(actions), key=lambda each: text(each.get("date"))):
            history._take(action)
        return history

    def _take(self, action: Thing) -> None:
        self._meet(action)
        kind, data = action.get("type"), thing(action.get("data"))
        deed = Deed(_author(action), moment(action.get("date")))
        card = identifier(thing(data.get("card")).get("id"))
        if kind in COMMENTS:
            self._hear(action, card, deed)
        elif kind in BIRTHS:
            self.births.setdefault(card, deed)
        elif kind == "updateCheckItemStateOnCard":
            self.ticks[identifier(thing(data.get("checkItem")).get("id"))] = deed
        elif kind in ("updateCard", "updateList") and _closed(data):
            self.closings[card or identifier(thing(data.get("list")).get("id"))] = deed
        else:
            self.others += 1

    def _hear(self, action: Thing, card: str, deed: Deed) -> None:
        """An action listed twice is heard once."""
        id, said = identifier(action.get("id")), text(thing(action.get("data")).get("text")).strip()  # noqa: A001
        if said and id not in self._seen:
            self.comments[card].append(Saying((_original(action), deed.member), deed.at, said))
        if id:
            self._seen.add(id)

    def _meet(self, action: Thing) -> None:
        for member in (thing(action.get("memberCreator")), thing(action.get("member"))):
            if id := identifier(member.get("id")):  # noqa: A001
                self.people[id] = member


def _author(action: Thing) -> str:
    return identifier(action.get("idMemberCreator")) or identifier(thing(action.get("memberCreator")).get("id"))


def _original(action: Thing) -> str:
    """A copied comment was written by whoever copied its card, but said by somebody else."""
    return identifier(thing(action.get("data")).get("idOriginalCommenter"))


def _closed(data: Thing) -> bool:
    subject = thing(data.get("card")) or thing(data.get("list"))
    return subject.get("closed") is True and thing(data.get("old")).get("closed") is False
