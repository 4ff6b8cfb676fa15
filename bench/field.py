"""Data to measure on: a space with as many cards as wanted, made quickly and the same each time."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from random import Random

from flask import Flask
from sqlalchemy import func, insert, select

from host import heap
from host.app import create_app
from host.config import Config
from host.db import db
from host.jobs import Job, JobState, Priority
from host.models import Account, Assignment, Board, Card, Place, Tag, Tagging, User, Watch

SECRET = "for measurements only"
DAY = timedelta(days=1)
PEOPLE = 8
Where = tuple[int, int, int | None, list[int | None]]  # a board, its space and creator, and its columns
AT_ONCE = 20_000  # cards in one transaction
TAGS = ("bug", "idea", "press", "release", "research", "someday")
WORDS = ("hedge", "meadow", "furrow", "harvest", "seed", "orchard", "barn", "gate", "pasture", "lane", "brook", "stile")


@contextmanager
def folder(place: Path | None = None) -> Iterator[Path]:
    """A data folder that goes when it is done with; in the system's place for such, unless another is named."""
    path = Path(tempfile.mkdtemp(prefix="fallow-bench-", dir=place))
    try:
        yield path
    finally:
        shutil.rmtree(path)


@contextmanager
def program(data: Path, plugins: tuple[str, ...] | None = None, url: str = "") -> Iterator[Flask]:
    """The program on this folder or database, its context pushed; everything is on disk when it ends."""
    app = create_app(Config(data=data, plugins=plugins, database_url=url, secret_key=SECRET, strict=True))
    heap.settle()  # as the program does when it starts
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def space() -> User:
    """A space with eight people; returns its owner."""
    owner = Account.open("Meadow", owner_name="Ada Field", email="ada@example.org")
    for number in range(1, PEOPLE):
        User.join(owner.account, name=f"Person {number}", email=f"person{number}@example.org")
    return owner


def boards(owner: User, number: int) -> list[Board]:
    return [Board.create(f"Board {n + 1}", by=owner, columns=["Doing", "Checking", "Waiting"]) for n in range(number)]


def cards(on: list[Board], number: int, *, days_ago: tuple[float, float], at: object) -> None:
    """Awake cards that were last touched so long ago, each watched by one person and many with tags and assignees."""
    chance, account = Random(7), on[0].account
    people, tags = [person.id for person in account.people], _tags(account)
    lie = [(each.id, each.account_id, each.creator_id, [None, *(column.id for column in each.columns)]) for each in on]
    where = cycle(lie)
    for begin in range(0, number, AT_ONCE):
        first = (db.session.scalar(select(func.max(Card.id))) or 0) + 1  # given: to be told them takes far longer
        ids = range(first, first + min(AT_ONCE, number - begin))
        rows = [
            _card(card_id, next(where), of, at - DAY * chance.uniform(*days_ago), chance)
            for card_id, of in zip(ids, account.next_numbers(len(ids)), strict=True)
        ]
        db.session.execute(insert(Card), rows, execution_options={"render_nulls": True})
        _surround(ids, people, tags, at, chance)
        db.session.commit()


def _surround(ids: Iterable[int], people: list[int], tags: list[int], at: object, chance: Random) -> None:
    watches, assignments, taggings = [], [], []
    for card_id in ids:
        watches.append({"card_id": card_id, "user_id": chance.choice(people), "watching": True})
        if chance.random() < 0.4:
            assignments.append({"card_id": card_id, "user_id": chance.choice(people), "at": at})
        if chance.random() < 0.5:
            taggings.append({"card_id": card_id, "tag_id": chance.choice(tags)})
    for model, values in ((Watch, watches), (Assignment, assignments), (Tagging, taggings)):
        if values:
            db.session.execute(insert(model), values)


def _tags(account: Account) -> list[int]:
    if not db.session.scalar(select(Tag.id).filter_by(account_id=account.id)):
        db.session.add_all([Tag(account_id=account.id, title=title) for title in TAGS])
        db.session.flush()
    return list(db.session.scalars(select(Tag.id).filter_by(account_id=account.id).order_by(Tag.id)))


def waiting_jobs(number: int, *, at: object, task: str = "bench.none") -> None:
    """So many jobs that wait for this time."""
    row = {"task": task, "payload": {}, "state": JobState.WAITING, "run_at": at, "attempts": 0}
    row |= {"most_attempts": 5, "priority": Priority.NORMAL, "created_at": at}
    if number:
        db.session.execute(insert(Job), [row] * number)
        db.session.commit()


def _card(card_id: int, where: Where, number: int, touched: object, chance: Random) -> dict[str, object]:
    board_id, account_id, creator_id, columns = where
    column_id = chance.choice(columns)
    return {
        "id": card_id,
        "account_id": account_id,
        "board_id": board_id,
        "column_id": column_id,
        "number": number,
        "title": " ".join(chance.choices(WORDS, k=6)).capitalize(),
        "description": " ".join(chance.choices(WORDS, k=40)),
        "place": Place.COLUMN if column_id else Place.MAYBE,
        "creator_id": creator_id,
        "created_at": touched,
        "last_active_at": touched,
    }
