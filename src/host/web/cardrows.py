"""Cards with all that a board shows of them, read in one statement however many there are."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnExpressionArgument, CompoundSelect, ScalarSelect, Select, func, select
from sqlalchemy.orm import defer, joinedload
from sqlalchemy.sql.base import ExecutableOption

from host.db import db
from host.dialects import json_list
from host.models import Assignment, Card, Comment, Step, Tag, Tagging, User
from host.models.user import hue_of, initials_of

Ids = Select[int] | CompoundSelect[int]
Whole = Select[Card, int, int, int, Any, Any]


class TagView(NamedTuple):
    title: str
    hue: str


class PersonView(NamedTuple):
    name: str
    initials: str
    hue: str

    @classmethod
    def of(cls, person: User) -> "PersonView":
        return cls(person.name, person.initials, person.hue)


class CardRow(NamedTuple):
    """The card has its gold and its cover at hand, too."""

    card: Card
    steps_done: int
    steps_total: int
    comments: int
    tags: tuple[TagView, ...]
    people: tuple[PersonView, ...]


def read(ids: Ids, *along: ExecutableOption) -> list[CardRow]:
    """The cards with these ids, in their order, with whatever else is to be read `along`.

    What hangs on a card is looked up for these alone: beside the query itself the databases would do so before they
    sort. Indexes: those on card_id of each table.
    """
    return run(whole(ids).options(*along))


def whole(ids: Ids) -> Whole:
    """The statement that reads them."""
    found = ids.subquery()
    nth = select(found.c.id, func.row_number().over().label("nth")).subquery()
    return _all().join(nth, nth.c.id == Card.id).order_by(nth.c.nth)


def run(whole: Whole, **values: int) -> list[CardRow]:
    """With the values of its parameters, if it has any."""
    return [
        CardRow(card, done, steps, comments, _tag_views(tags), _person_views(people))
        for card, done, steps, comments, tags, people in db.session.execute(whole, values)
    ]


@cache
def _all() -> Whole:
    """Made once: to make it takes longer than to run it. No list shows the description, which may be as long as a
    book."""
    every = select(Card, *_counts(), _tags(), _people())
    return every.options(joinedload(Card.goldness), joinedload(Card.cover), defer(Card.description))


def _counts() -> tuple[ScalarSelect[int], ScalarSelect[int], ScalarSelect[int]]:
    """Its steps that are done, all its steps, its comments."""
    done = _count(Step, Step.standing, Step.done_at.is_not(None))
    return done, _count(Step, Step.standing), _count(Comment, Comment.standing)


def _count(model: type[Step | Comment], *which: ColumnExpressionArgument[bool]) -> ScalarSelect[int]:
    return select(func.count()).where(model.card_id == Card.id, *which).scalar_subquery()


def _tags() -> ScalarSelect[Any]:
    worn = select(json_list(Tagging.id, Tag.title, Tag.hue)).select_from(Tagging).join(Tag, Tag.id == Tagging.tag_id)
    return worn.where(Tagging.card_id == Card.id).scalar_subquery()


def _people() -> ScalarSelect[Any]:
    given = select(json_list(Assignment.id, User.id, User.name)).select_from(Assignment)
    given = given.join(User, User.id == Assignment.user_id)
    return given.where(Assignment.card_id == Card.id).scalar_subquery()


def _tag_views(found: Sequence[tuple[int, str, str]] | None) -> tuple[TagView, ...]:
    """In the order in which the card got them."""
    return tuple(TagView(title, hue) for _tagging, title, hue in sorted(found or ()))


def _person_views(found: Sequence[tuple[int, int, str]] | None) -> tuple[PersonView, ...]:
    """The same."""
    return tuple(PersonView(name, initials_of(name), hue_of(id)) for _given, id, name in sorted(found or ()))  # noqa: A001
