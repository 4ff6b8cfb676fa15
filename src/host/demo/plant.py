"""Filling an empty space."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from host.clock import now
from host.db import db
from host.demo import words
from host.demo.chance import Chance, Surroundings
from host.errors import Fault, Invalid
from host.i18n import _
from host.models import Account, Board, Tag, User
from host.models.card.arrival import Arrival, arrive
from host.models.user import HUES

AT_ONCE = 2000

Progress = Callable[[int, int], None]  # cards written, cards in all


@dataclass(frozen=True)
class Wanted:
    """How much, and which share of all cards is open and has lain untouched for longer than thirty days."""

    cards: int = 200
    boards: int = 3
    stale: float = 0.2
    seed: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.stale <= 1:
            raise Invalid({"stale": [_("The share of stale cards lies between 0 and 1.")]})
        if self.cards < 0 or self.boards < 1:
            raise Invalid({"cards": [_("Ask for one board or more, and no fewer cards than none.")]})


def plant(wanted: Wanted, account: Account, progress: Progress = lambda _done, _all: None) -> Sequence[Board]:
    """Make people, tags, boards and cards, in the running transaction. Raises Fault for a space with a board."""
    if db.session.scalars(db.select(Board.id).filter_by(account_id=account.id).limit(1)).first() is not None:
        raise Fault(_("There are boards in “%(name)s”; demo data wants an empty space.", name=account.name))
    owner = account.owner
    people = [owner, *(User.join(account, name=name, email=_address(name)) for name in words.PEOPLE)]
    tags = [Tag.named(account.id, title, HUES[at % len(HUES)]) for at, title in enumerate(words.TAGS)]
    boards = [_board(at, owner) for at in range(wanted.boards)]
    chance = Chance(wanted.seed, now())
    done = 0
    for board, (stale, other) in zip(boards, _shares(wanted), strict=True):
        ids = [person.id for person in people], [tag.id for tag in tags], [column.id for column in board.columns]
        cards = _cards(chance, Surroundings(*ids, owner.id), stale, other)
        while batch := list(islice(cards, AT_ONCE)):
            arrive(board, sorted(batch, key=lambda card: card.created_at))
            done += len(batch)
            progress(done, wanted.cards)
    return boards


def _cards(chance: Chance, around: Surroundings, stale: int, other: int) -> Iterator[Arrival]:
    yield from (chance.stale(around) for _each in range(stale))
    yield from (chance.other(around) for _each in range(other))


def _shares(wanted: Wanted) -> Iterator[tuple[int, int]]:
    """How many stale and other cards each board gets: as even as can be, and exact in sum."""
    stale = round(wanted.cards * wanted.stale)
    for at in range(wanted.boards):
        yield tuple(_slice(whole, at, wanted.boards) for whole in (stale, wanted.cards - stale))  # type: ignore[misc]


def _slice(whole: int, at: int, parts: int) -> int:
    return whole * (at + 1) // parts - whole * at // parts


def _board(at: int, owner: User) -> Board:
    round_, place = divmod(at, len(words.BOARDS))
    name = words.BOARDS[place] if not round_ else f"{words.BOARDS[place]} {round_ + 1}"
    return Board.create(name, by=owner, columns=words.COLUMNS[at % len(words.COLUMNS)])


def _address(name: str) -> str:
    return f"{name.split()[0].lower()}@fallow.example"
