"""The rules of a board written down a second time, as plainly as they can be said, and held against the real ones:
whatever several people do, cards lie where the paper has them, in its order, with its story, its watchers and its
readers. The rules: docs/board.md."""

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from host.db import db
from host.errors import Invalid, NotFound
from host.models import Board, Card, Event, User
from host.models.card import Flock
from host.permissions import visible
from host.web import piles
from host.web.boardview import BoardView

CARDS, PEOPLE, BOARDS = 3, ("ada", "ben", "cleo"), ("field", "other")
COLUMNS = {"field": ("Writing", "Checking"), "other": ("Elsewhere",)}
SEEN = {"ada": {"field", "other"}, "ben": {"field", "other"}, "cleo": {"field"}}
ACTIONS = (
    "close", "reopen", "postpone", "triage", "back", "keep", "gild", "rename", "comment", "assign", "unassign",
    "watch", "unwatch", "move", "sweep",
    *("gild", "assign", "move"),  # these show what they did only together with others
)  # fmt: skip

person = st.sampled_from(PEOPLE)
step = st.tuples(st.sampled_from(ACTIONS), person, st.integers(0, CARDS - 1), st.integers(0, 1), person)


@dataclass
class Sheet:
    """One card on paper; `touched` is the number of the step that last touched it, `put_away` of the one that closed it
    or laid it to rest."""

    touched: int
    put_away: int = 0
    board: str = "field"
    column: str | None = None
    closed: bool = False
    resting: bool = False
    golden: bool = False
    assignees: tuple[str, ...] = ()
    watchers: frozenset[str] = frozenset({"ada"})
    story: list[tuple[str, str]] = field(default_factory=lambda: [("card_published", "ada")])

    @property
    def place(self) -> str:
        if self.closed or self.resting:
            return "done" if self.closed else "not_now"
        return "column" if self.column else "maybe"


class RefusedError(Exception):
    """On paper."""


class Paper:
    """The rules. Each method that changes a card is one action."""

    def __init__(self) -> None:
        self.time = 0
        self.sheets = [Sheet(0) for _card in range(CARDS)]
        self.seen = {name: set(boards) for name, boards in SEEN.items()}

    def act(self, action: str, who: str, card: int, which: int, whom: str) -> None:
        """Raises RefusedError."""
        self.time += 1
        sheet = self.sheets[card]
        if action != "sweep" and sheet.board not in self.seen[who]:
            raise RefusedError
        getattr(self, action)(sheet, who, which, whom)

    def tell(self, sheet: Sheet, kind: str, who: str) -> None:
        sheet.story.append((f"card_{kind}", who))
        sheet.touched = self.time

    def close(self, sheet: Sheet, who: str, _which: int, _whom: str) -> None:
        if not sheet.closed:
            sheet.closed, sheet.resting, sheet.put_away = True, False, self.time
            self.tell(sheet, "closed", who)

    def reopen(self, sheet: Sheet, who: str, _which: int = 0, _whom: str = "") -> None:
        if sheet.closed:
            sheet.closed = False
            self.tell(sheet, "reopened", who)

    def postpone(self, sheet: Sheet, who: str, _which: int, _whom: str) -> None:
        if not sheet.resting:
            self.reopen(sheet, who)
            sheet.resting, sheet.column, sheet.put_away = True, None, self.time
            self.tell(sheet, "postponed", who)

    def triage(self, sheet: Sheet, who: str, which: int, _whom: str) -> None:
        column = COLUMNS[sheet.board][which % len(COLUMNS[sheet.board])]
        if sheet.place == "column" and sheet.column == column:
            return
        self.reopen(sheet, who)
        sheet.resting, sheet.column = False, column
        self.tell(sheet, "triaged", who)

    def back(self, sheet: Sheet, who: str, _which: int, _whom: str) -> None:
        if sheet.place != "maybe":
            self.reopen(sheet, who)
            sheet.resting, sheet.column = False, None
            self.tell(sheet, "sent_back_to_triage", who)

    def keep(self, sheet: Sheet, who: str, _which: int, _whom: str) -> None:
        if sheet.place in ("maybe", "column"):
            self.tell(sheet, "kept", who)

    def gild(self, sheet: Sheet, _who: str, which: int, _whom: str) -> None:
        sheet.golden = bool(which)

    def rename(self, sheet: Sheet, who: str, _which: int, _whom: str) -> None:
        self.tell(sheet, "title_changed", who)

    def comment(self, sheet: Sheet, who: str, _which: int, _whom: str) -> None:
        sheet.watchers |= {who}
        sheet.story.append(("comment_created", who))
        sheet.touched = self.time

    def assign(self, sheet: Sheet, who: str, _which: int, whom: str) -> None:
        if whom in sheet.assignees:
            return
        if sheet.board not in self.seen[whom]:
            raise RefusedError
        sheet.assignees += (whom,)
        sheet.watchers |= {whom}
        self.tell(sheet, "assigned", who)

    def unassign(self, sheet: Sheet, who: str, _which: int, whom: str) -> None:
        if whom in sheet.assignees:
            sheet.assignees = tuple(each for each in sheet.assignees if each != whom)
            self.tell(sheet, "unassigned", who)

    def watch(self, sheet: Sheet, who: str, _which: int, _whom: str) -> None:
        sheet.watchers |= {who}

    def unwatch(self, sheet: Sheet, who: str, _which: int, _whom: str) -> None:
        sheet.watchers -= {who}

    def move(self, sheet: Sheet, who: str, _which: int, _whom: str) -> None:
        [there] = {*BOARDS} - {sheet.board}
        if there not in self.seen[who]:
            raise RefusedError
        sheet.board, sheet.column = there, None
        for each in sheet.assignees:
            self.seen[each].add(there)
        self.tell(sheet, "board_changed", who)

    def sweep(self, _sheet: Sheet, _who: str, _which: int, _whom: str) -> None:
        for sheet in sorted(self.sheets, key=lambda sheet: sheet.touched):
            if sheet.place in ("maybe", "column"):
                sheet.resting, sheet.column, sheet.put_away = True, None, self.time
                self.tell(sheet, "auto_postponed", "ada")

    def laid_out(self, board: str) -> dict[tuple[str, str | None], list[int]]:
        """By place and column."""
        own = [("column", column) for column in COLUMNS[board]]
        places = [("not_now", None), ("maybe", None), *own, ("done", None)]
        return {(place, column): self.order(board, place, column) for place, column in places}

    def order(self, board: str, place: str, column: str | None) -> list[int]:
        """Golden ones lead where work is done, then whoever was touched last; elsewhere what came last. Of those of one
        breath the newest."""
        leads = place in ("maybe", "column")
        here = [
            (leads and sheet.golden, sheet.touched if leads else sheet.put_away, number)
            for number, sheet in enumerate(self.sheets)
            if (sheet.board, sheet.place) == (board, place) and (column is None or sheet.column == column)
        ]
        return [number for _golden, _touched, number in sorted(here, reverse=True)]


class Ground:
    """The same on a real board."""

    def __init__(self, owner: User, people: dict[str, User]) -> None:
        self.people, self.owner = people, owner
        self.boards = {
            name: Board.create(name, by=owner, columns=COLUMNS[name], all_access=False) for name in BOARDS
        }
        for name, boards in SEEN.items():
            for board in boards:
                self.boards[board].grant([people[name]])
        self.cards = [self.boards["field"].add_card(str(number), by=owner) for number in range(CARDS)]
        db.session.commit()

    def act(self, action: str, who: str, card: int, which: int, whom: str) -> None:
        """Raises NotFound, Invalid."""
        if action == "sweep":
            Flock.awake([each.id for each in self.cards]).postpone(self.owner)
            return
        by = self.people[who]
        getattr(self, action)(by.card(self.cards[card].number), by, which, self.people[whom])

    def close(self, card: Card, by: User, _which: int, _whom: User) -> None:
        card.close(by)

    def reopen(self, card: Card, by: User, _which: int, _whom: User) -> None:
        card.reopen(by)

    def postpone(self, card: Card, by: User, _which: int, _whom: User) -> None:
        card.postpone(by)

    def triage(self, card: Card, by: User, which: int, _whom: User) -> None:
        card.triage_into(card.board.columns[which % len(card.board.columns)], by)

    def back(self, card: Card, by: User, _which: int, _whom: User) -> None:
        card.send_back_to_triage(by)

    def keep(self, card: Card, by: User, _which: int, _whom: User) -> None:
        card.keep(by)

    def gild(self, card: Card, by: User, which: int, _whom: User) -> None:
        card.gild(by, golden=bool(which))

    def rename(self, card: Card, by: User, _which: int, _whom: User) -> None:
        card.rename(f"{card.title}.", by)

    def comment(self, card: Card, by: User, _which: int, _whom: User) -> None:
        card.comment("Still on it", by)

    def assign(self, card: Card, by: User, _which: int, whom: User) -> None:
        card.assign(whom, by)

    def unassign(self, card: Card, by: User, _which: int, whom: User) -> None:
        card.unassign(whom, by)

    def watch(self, card: Card, by: User, _which: int, _whom: User) -> None:
        card.watch(by)

    def unwatch(self, card: Card, by: User, _which: int, _whom: User) -> None:
        card.watch(by, watching=False)

    def move(self, card: Card, by: User, _which: int, _whom: User) -> None:
        [there] = {*self.boards.values()} - {card.board}
        card.move_to(by.board(there.id), by)

    def sheet(self, card: Card) -> Sheet:
        """The card, as paper would have it."""
        names = {person.id: name for name, person in self.people.items()}
        told = select(Event.kind, Event.creator_id).where(Event.card_id == card.id).order_by(Event.id)
        return Sheet(
            touched=0,
            board=card.board.name,
            column=card.column.name if card.column else None,
            closed=card.closure is not None,
            resting=card.postponement is not None,
            golden=card.golden,
            assignees=tuple(names[each.id] for each in card.assignees),
            watchers=frozenset(names[each.id] for each in card.watchers),
            story=[(kind, names[by]) for kind, by in db.session.execute(told)],
        )

    def order(self, board: str) -> dict[tuple[str, str | None], list[int]]:
        """By place and column, as the board shows them."""
        numbers = {card.id: number for number, card in enumerate(self.cards)}
        frames = BoardView(self.boards[board], self.owner).frames
        ids = piles.ids((frame.pile, frame.first) for frame in frames)
        cards = [numbers[each] for each in db.session.scalars(ids)]
        return {
            (frame.place, frame.name if frame.column_id else None): [cards.pop(0) for _card in range(frame.count)]
            for frame in frames
        }

    def readers(self, card: Card) -> set[str]:
        found = select(Card.id).where(Card.id == card.id)
        return {
            name
            for name, person in self.people.items()
            if db.session.scalar(found.where(visible(Card, person))) is not None
        }


@pytest.fixture
def people(owner, member):
    cleo = User.join(owner.account, name="Cleo Marsh", email="cleo@example.org")
    db.session.commit()
    return {"ada": owner, "ben": member, "cleo": cleo}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(step, min_size=15, max_size=30))
def test_the_board_does_what_the_paper_says(owner, people, travel, steps):
    paper, ground = Paper(), Ground(owner, people)
    for each in steps:
        travel(minutes=1)
        assert outcome(paper, each) == outcome(ground, each), each
        db.session.commit()
        assert replace(paper.sheets[each[2]], touched=0, put_away=0) == ground.sheet(ground.cards[each[2]]), each
        assert ground.order(ground.cards[each[2]].board.name) == paper.laid_out(ground.cards[each[2]].board.name), each
    compare(paper, ground)


def outcome(world: Paper | Ground, what: tuple[str, str, int, int, str]) -> str:
    """Refused, or done."""
    try:
        world.act(*what)
    except (RefusedError, NotFound, Invalid):
        db.session.rollback()
        return "refused"
    return "done"


def compare(paper: Paper, ground: Ground) -> None:
    for sheet, card in zip(paper.sheets, ground.cards, strict=True):
        assert replace(sheet, touched=0, put_away=0) == ground.sheet(card)
        assert card.place == sheet.place
        assert ground.readers(card) == {name for name in PEOPLE if sheet.board in paper.seen[name]}
    for board in BOARDS:
        assert ground.order(board) == paper.laid_out(board)
