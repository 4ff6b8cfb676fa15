"""What cards can be told apart by. Of the values of one criterion any will do; all criteria must be met."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from host.clock import now
from host.filters.due import Due
from host.filters.window import Window
from host.models.card import Assignment, Card, Closure, Goldness, Place, Tagging
from host.models.tag import Tag, normal
from host.models.typed import line, row_id
from host.models.user import User

NOBODY = "nobody"
LONGEST_WORDS = 200
PLACES = (Place.MAYBE, Place.COLUMN, Place.NOT_NOW, Place.DONE)

Values = Sequence[str]
Clause = ColumnElement[bool]


@dataclass(frozen=True)
class Criterion:
    """`read` gives a value as it is kept, or "" for one that means nothing; `clause` the condition on Card, for one or
    more values."""

    read: Callable[[str], str]
    clause: Callable[[Values, User], Clause]
    many: bool = True


def _id(text: str) -> str:
    return str(row_id(text) or "")


def _assignee(text: str) -> str:
    return text if text == NOBODY else _id(text)


def _place(text: str) -> str:
    return text if text in PLACES else ""


def _yes(text: str) -> str:
    return "1" if text in ("1", "true", "yes", "on") else ""


def _window(text: str) -> str:
    return Window.read(text) or ""


def _due(text: str) -> str:
    return Due.read(text) or ""


def _words(text: str) -> str:
    return line(text)[:LONGEST_WORDS].strip()


def _numbers(values: Values) -> list[int]:
    return [int(value) for value in values]


def _on_boards(values: Values, _actor: User) -> Clause:
    return Card.board_id.in_(_numbers(values))


def _tagged(values: Values, actor: User) -> Clause:
    """Indices: uq_tag_account_id_title, ix_tagging_tag_id."""
    tags = select(Tag.id).where(Tag.account_id == actor.account_id, Tag.title.in_(values))
    return Card.id.in_(select(Tagging.card_id).where(Tagging.tag_id.in_(tags)))


def _assigned(values: Values, _actor: User) -> Clause:
    """Indices: ix_assignment_user_id, uq_assignment_card_id_user_id."""
    people = _numbers([value for value in values if value != NOBODY])
    theirs = [Card.id.in_(select(Assignment.card_id).where(Assignment.user_id.in_(people)))] if people else []
    nobodys = [~select(Assignment.id).where(Assignment.card_id == Card.id).exists()] if NOBODY in values else []
    return or_(*theirs, *nobodys)


def _created_by(values: Values, _actor: User) -> Clause:
    """Index: ix_card_creator_id_created_at."""
    return Card.creator_id.in_(_numbers(values))


def _closed_by(values: Values, _actor: User) -> Clause:
    """Index: ix_closure_creator_id."""
    return Card.id.in_(select(Closure.card_id).where(Closure.creator_id.in_(_numbers(values))))


def _lying_in(values: Values, _actor: User) -> Clause:
    return Card.place.in_([Place(value) for value in values])


def _golden(_values: Values, _actor: User) -> Clause:
    return Card.id.in_(select(Goldness.card_id))


def _stalled(_values: Values, _actor: User) -> Clause:
    """Index: ix_card_spiked. By a look of its own: beside other conditions the databases would rather go through every
    card that is awake."""
    spiked = aliased(Card)
    return Card.id.in_(select(spiked.id).where(spiked.stalled))


def _created_in(values: Values, actor: User) -> Clause:
    """Index: ix_card_account_id_created_at."""
    first, after = Window(values[0]).span(now(), actor.timezone)
    return and_(Card.account_id == actor.account_id, Card.created_at >= first, Card.created_at < after)


def _closed_in(values: Values, actor: User) -> Clause:
    """Index: ix_closure_at."""
    first, after = Window(values[0]).span(now(), actor.timezone)
    return Card.id.in_(select(Closure.card_id).where(Closure.at >= first, Closure.at < after))


def _due_on(values: Values, actor: User) -> Clause:
    """What is done is late no more. Index: ix_card_due, by a look of its own for the reason that `_stalled` has."""
    today, dated = now().astimezone(actor.timezone).date(), aliased(Card)
    days = [_late(dated, today) if value == Due.OVERDUE else Due(value).clause(dated.due_on, today) for value in values]
    there = select(dated.id).where(dated.account_id == actor.account_id, dated.due_on.is_not(None), or_(*days))
    nowhere = [Card.due_on.is_(None)] if Due.NONE in values else []
    return or_(Card.id.in_(there), *nowhere)


def _late(card: type[Card], today: date) -> Clause:
    return and_(Due.OVERDUE.clause(card.due_on, today), card.place != Place.DONE)


def _saying(values: Values, _actor: User) -> Clause:
    """Each word in the title or in the description."""
    words = values[0].split()
    return and_(*(or_(_has(Card.title, word), _has(Card.description, word)) for word in words))


def _has(column: InstrumentedAttribute[str], word: str) -> Clause:
    return column.icontains(word, autoescape=True)


CRITERIA: Mapping[str, Criterion] = {
    "board": Criterion(_id, _on_boards),
    "place": Criterion(_place, _lying_in),
    "tag": Criterion(normal, _tagged),
    "assignee": Criterion(_assignee, _assigned),
    "creator": Criterion(_id, _created_by),
    "closer": Criterion(_id, _closed_by),
    "golden": Criterion(_yes, _golden, many=False),
    "stalled": Criterion(_yes, _stalled, many=False),
    "due": Criterion(_due, _due_on),
    "created": Criterion(_window, _created_in, many=False),
    "closed": Criterion(_window, _closed_in, many=False),
    "q": Criterion(_words, _saying, many=False),
}
