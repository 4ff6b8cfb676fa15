"""A Trello board as small, whole values: what is missing has its default, what is unusable is left out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from host.transfer.trello.history import History
from host.transfer.trello.labels import Label, Palette
from host.transfer.trello.loose import (
    Thing,
    born,
    identifier,
    identifiers,
    line,
    moment,
    number,
    text,
    thing,
    things,
)


@dataclass(frozen=True, slots=True)
class List:
    id: str
    name: str
    closed: bool
    position: float


@dataclass(frozen=True, slots=True)
class Member:
    id: str
    username: str
    name: str


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    name: str
    done: bool


@dataclass(frozen=True, slots=True)
class Checklist:
    name: str
    items: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    url: str


@dataclass(slots=True)
class TrelloCard:
    id: str
    short: float  # its number on the Trello board
    position: float
    name: str
    description: str
    closed: bool
    list_id: str
    labels: Sequence[Label]
    member_ids: Sequence[str]
    due: datetime | None
    due_complete: bool
    last_active_at: datetime | None
    born_at: datetime | None
    attachments: Sequence[Attachment]
    comments_counted: int  # how many Trello says there are
    ticked: Collection[str]  # items done, where their state is told apart from them
    raw: Thing  # for counting what we do not take over
    checklists: list[Checklist] = field(default_factory=list)


@dataclass(slots=True)
class Document:
    name: str
    closed: bool
    description: str
    lists: Sequence[List]  # in the board's order
    labels: Sequence[Label]
    members: Mapping[str, Member]  # of the board
    strangers: Mapping[str, Member]  # people of its history who are no members any more
    cards: Sequence[TrelloCard]  # oldest number first
    history: History
    stray_checklists: int  # of cards that are not in the file


def read(board: Thing) -> Document:
    """The whole export, in one pass over each of its parts."""
    palette = Palette.read(board)
    cards = sorted((_card(each, palette) for each in things(board.get("cards"))), key=lambda card: card.short)
    history = History.read(board.get("actions"))
    members = {member.id: member for member in map(_member, things(board.get("members"))) if member.id}
    stray = _hand_out_checklists(board, cards)
    return Document(
        name=line(board.get("name")),
        closed=board.get("closed") is True,
        description=text(board.get("desc")).strip(),
        lists=sorted(map(_list, things(board.get("lists"))), key=lambda each: each.position),
        labels=list(palette.by_id.values()),
        members=members,
        strangers={id: _member(each) for id, each in history.people.items() if id not in members},  # noqa: A001
        cards=cards,
        history=history,
        stray_checklists=stray,
    )


def _list(each: Thing) -> List:
    closed = each.get("closed") is True
    return List(identifier(each.get("id")), line(each.get("name")), closed, number(each.get("pos")))


def _member(each: Thing) -> Member:
    username = line(each.get("username"))
    return Member(identifier(each.get("id")), username, line(each.get("fullName")) or username)


def _card(each: Thing, palette: Palette) -> TrelloCard:
    return TrelloCard(
        id=identifier(each.get("id")),
        short=number(each.get("idShort")),
        position=number(each.get("pos")),
        name=line(each.get("name")),
        description=text(each.get("desc")).strip(),
        closed=each.get("closed") is True,
        list_id=identifier(each.get("idList")),
        labels=palette.of(each),
        member_ids=identifiers(each.get("idMembers"))
        or [identifier(member.get("id")) for member in things(each.get("members"))],
        due=moment(each.get("due")),
        due_complete=each.get("dueComplete") is True,
        last_active_at=moment(each.get("dateLastActivity")),
        born_at=born(each.get("id")),
        attachments=[Attachment(line(a.get("name")), line(a.get("url"))) for a in things(each.get("attachments"))],
        comments_counted=int(number(thing(each.get("badges")).get("comments"), 0)),
        ticked=_ticked(each),
        raw=each,
    )


def _hand_out_checklists(board: Thing, cards: Sequence[TrelloCard]) -> int:
    """Give each card its checklists, in their order; returns how many belong to no card of the file."""
    by_id = {card.id: card for card in reversed(cards)}  # of two with one id the first counts
    holders = {id: card.id for card in cards for id in identifiers(card.raw.get("idChecklists"))}  # noqa: A001
    stray = 0
    for each in sorted(things(board.get("checklists")), key=lambda each: number(each.get("pos"))):
        home = identifier(each.get("idCard")) or holders.get(identifier(each.get("id")), "")
        if home in by_id:
            by_id[home].checklists.append(_checklist(each, by_id[home].ticked))
        else:
            stray += 1
    for card in cards:
        inside = things(card.raw.get("checklists"))
        card.checklists = card.checklists or [_checklist(each, card.ticked) for each in inside]
    return stray


def _checklist(each: Thing, ticked: Collection[str]) -> Checklist:
    items = sorted(things(each.get("checkItems")), key=lambda item: number(item.get("pos")))
    return Checklist(line(each.get("name")), [_item(item, ticked) for item in items])


def _item(each: Thing, ticked: Collection[str]) -> Item:
    id = identifier(each.get("id"))  # noqa: A001
    return Item(id, line(each.get("name")), each.get("state") == "complete" or id in ticked)


def _ticked(each: Thing) -> frozenset[str]:
    states = things(each.get("checkItemStates"))
    return frozenset(identifier(state.get("idCheckItem")) for state in states if state.get("state") == "complete")
