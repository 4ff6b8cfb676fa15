"""Whether a card's `place` and `put_away_at`, which lists and the sweep go by, say the same as the rows that say who
and when."""

from sqlalchemy import Select, and_, case, exists, func, literal, or_, select

from host.models.card.card import Card
from host.models.card.closeable import Closure
from host.models.card.place import Place
from host.models.card.postponable import Postponement
from host.models.card.removable import Removal


def misplaced() -> Select[int]:
    """The ids of cards whose place or time is not the one that `Card.settle` would give them."""
    closed = exists().where(Closure.card_id == Card.id)
    resting = exists().where(Postponement.card_id == Card.id)
    removed = exists().where(Removal.card_id == Card.id)
    told = case(
        (removed, literal(Place.REMOVED.value)),
        (closed, literal(Place.DONE.value)),
        (resting, literal(Place.NOT_NOW.value)),
        (Card.column_id.is_not(None), literal(Place.COLUMN.value)),
        else_=literal(Place.MAYBE.value),
    )
    # A resting card has left its column, and no card is closed and resting at once.
    impossible = or_(and_(Card.place == Place.NOT_NOW, Card.column_id.is_not(None)), and_(closed, resting))
    ends = (select(each.at).where(each.card_id == Card.id).scalar_subquery() for each in (Closure, Postponement))
    another_time = Card.put_away_at.is_distinct_from(func.coalesce(*ends))
    return select(Card.id).where(Card.place != Place.DRAFT, or_(Card.place != told, impossible, another_time))
