"""One transaction, a few statements, and nobody is disturbed."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from host.db import db
from host.eventlog import listeners
from host.events import RecordedEvent
from host.jobs import Job
from host.models import Board, Card, Comment, Event, Tag, User
from host.transfer.trello import import_trello
from host.transfer.trello.importer import AT_ONCE
from tests.host.transfer.conftest import EXPORTS, TakeOver, trello_board

SMALL = (EXPORTS / "board-small.json").read_bytes()


def rows() -> dict[str, int]:
    models = (Board, Card, Comment, Event, Tag, User)
    return {model.__name__: db.session.scalar(db.select(db.func.count()).select_from(model)) or 0 for model in models}


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are executed within."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_what_is_rolled_back_leaves_nothing(owner: User) -> None:
    before = rows()
    report = import_trello(SMALL, by=owner)
    assert report.counts["cards"] == 45
    db.session.rollback()
    assert rows() == before
    assert owner.account.cards_numbered == 0


def test_an_import_that_breaks_off_leaves_nothing(owner: User) -> None:
    class UnpluggedError(Exception):
        pass

    def unplug(_done: int, _whole: int) -> None:
        raise UnpluggedError

    before = rows()
    with pytest.raises(UnpluggedError):
        import_trello(SMALL, by=owner, progress=unplug)
    db.session.rollback()
    assert rows() == before


def test_only_the_new_board_is_news(owner: User) -> None:
    heard: list[RecordedEvent] = []

    def listen(events: Sequence[RecordedEvent]) -> None:
        heard.extend(events)

    listeners.append(listen)
    try:
        import_trello(SMALL, by=owner)
        db.session.commit()
    finally:
        listeners.remove(listen)
    assert [each.kind for each in heard] == ["board_created"]
    assert db.session.scalars(db.select(Job)).all() == []


def test_a_board_of_ours_is_not_touched(board: Board, owner: User) -> None:
    card = board.add_card("Ours", by=owner)
    db.session.commit()
    before = card.last_active_at
    import_trello(SMALL, by=owner)
    db.session.commit()
    assert card.last_active_at == before
    assert board.counts().total() == 1


@pytest.mark.sqlite_only("the statements are the same, only their batches differ")
def test_statements_do_not_grow_with_the_cards(owner: User) -> None:
    def statements(cards: int) -> int:
        document = trello_board(*({"name": f"Card {n}", "closed": n % 2 == 0} for n in range(cards)))
        with counted() as executed:
            import_trello(json.dumps(document), by=owner)
            db.session.commit()
        return len(executed)

    statements(1)  # what is asked once a process
    assert statements(200) < statements(10) + 10


def test_progress_is_told_in_batches(take_over: TakeOver) -> None:
    told: list[tuple[int, int]] = []
    cards = [{"name": f"Card {n}"} for n in range(AT_ONCE + 1)]
    take_over(trello_board(*cards), progress=lambda done, whole: told.append((done, whole)))
    assert told == [(AT_ONCE, AT_ONCE + 1), (AT_ONCE + 1, AT_ONCE + 1)]


def test_two_cards_with_one_id_share_nothing(take_over: TakeOver) -> None:
    said = {"type": "commentCard", "data": {"text": "Once.", "card": {"id": "twin"}}}
    checklist = {"idCard": "twin", "checkItems": [{"name": "Once"}]}
    board, report = take_over(
        trello_board({"id": "twin", "name": "A"}, {"id": "twin", "name": "B"}, actions=[said], checklists=[checklist])
    )
    assert board.counts().total() == 2
    assert (report.counts["comments"], report.counts["steps"]) == (1, 1)


def test_somebody_else_may_bring_a_board_in(member: User) -> None:
    report = import_trello(SMALL, by=member)
    db.session.commit()
    board = member.board(report.board_id)
    assert board.creator is member
    assert {person.name for person in board.people} >= {"Ines Kell", "Ben Hollow"}


TAGS: dict[str, Callable[[], dict]] = {
    "two cases": lambda: trello_board({"name": "A", "labels": [{"name": "Bug"}, {"name": "bug", "color": "red"}]}),
    "an old one": lambda: trello_board({"name": "A", "labels": [{"name": "BUG", "color": "red"}]}),
}


@pytest.mark.parametrize("document", TAGS.values(), ids=TAGS)
def test_tags_of_the_space_are_used_again(take_over: TakeOver, owner: User, document: Callable[[], dict]) -> None:
    old = Tag.named(owner.account_id, "bug", "sky")
    take_over(document())
    assert db.session.scalars(db.select(Tag)).all() == [old]
    assert old.hue == "sky"
