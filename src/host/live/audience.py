"""Whom a topic is for: found out inside the transaction, for all of its topics at once, so that the event loop asks no
database and a page hears only of what its person may see."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from host.db import db
from host.live.message import Message
from host.models import Access, Card, User


@dataclass
class Audience:
    """People by id, and whoever may see these boards or these cards (by number); or everybody in the space."""

    people: set[int] = field(default_factory=set)
    boards: set[int] = field(default_factory=set)
    cards: set[int] = field(default_factory=set)
    everybody: bool = False

    def add(self, other: "Audience") -> None:
        """Those of the other, too."""
        self.people |= other.people
        self.boards |= other.boards
        self.cards |= other.cards
        self.everybody = self.everybody or other.everybody


# Topics by space and name, as they wait for the commit.
Waiting = Mapping[tuple[int, str], Audience]


def addressed(waiting: Waiting) -> list[Message]:
    """One message for all topics of a space that go to the same people."""
    _find_boards_of_cards(waiting)
    seers = _seers({board for audience in waiting.values() for board in audience.boards})
    topics: dict[tuple[int, frozenset[int] | None], list[str]] = defaultdict(list)
    for (account_id, topic), audience in waiting.items():
        people = audience.people.union(*(seers[board] for board in audience.boards))
        if people or audience.everybody:
            topics[account_id, None if audience.everybody else frozenset(people)].append(topic)
    return [Message(account_id, tuple(names), people) for (account_id, people), names in topics.items()]


def _find_boards_of_cards(waiting: Waiting) -> None:
    """Index: uq_card_account_id_number."""
    for (account_id, _topic), audience in waiting.items():
        if audience.cards:
            here = select(Card.board_id).where(Card.account_id == account_id, Card.number.in_(audience.cards))
            audience.boards.update(db.session.scalars(here))


def _seers(boards: Iterable[int]) -> Mapping[int, set[int]]:
    """The active people who may see each board. Index: ix_access_board_id."""
    seers: dict[int, set[int]] = defaultdict(set)
    wanted = list(boards)
    if wanted:
        rows = select(Access.board_id, Access.user_id).join(User, User.id == Access.user_id)
        for board_id, user_id in db.session.execute(rows.where(Access.board_id.in_(wanted), User.active)):
            seers[board_id].add(user_id)
    return seers
