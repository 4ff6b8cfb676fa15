"""What posts and cards show of the queues that repeat them, and of the one that made them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import ScalarSelect, Select, and_, bindparam, select
from sqlalchemy.orm import aliased

from host import Badge, Card, CardPanel, User, _, db
from plugins.publishing import Post
from plugins.recurring.queue import Queue, Status
from plugins.recurring.run import Run

WEIGHT = 30


@dataclass(frozen=True)
class Mark:
    """`repeats` are queues that bring it round again, `made_by` the one that made it."""

    repeats: Sequence[Queue] = ()
    made_by: Queue | None = None


def post_panel(post: Post, reader: User) -> CardPanel | None:
    """None for what is not theirs to repeat, where nothing repeats it."""
    mark = _mark("post", post.id, post.created_by_queue, reader)
    again = post.may_change(reader) and mark.made_by is None and not mark.repeats
    return _panel("recurring/post.html", mark, again=again, post=post)


def card_panel(card: Card, reader: User) -> CardPanel | None:
    maker = db.session.scalar(select(_maker()).where(Card.id == card.id))
    mark = _mark("card", card.id, maker, reader)
    repeats = [queue for queue in mark.repeats if queue.options.get("number") == card.number]
    mark = replace(mark, repeats=repeats)
    return _panel("recurring/card.html", mark, again=mark.made_by is None and not repeats, card=card)


def card_badges(cards: Sequence[Card]) -> Mapping[int, Sequence[Badge]]:
    """On cards that come round again, and on the copies; in one statement. Index: ix_recurring_queues_original"""
    signs = {}
    for card_id, number, options, maker in db.session.execute(_marked(), {"ids": [card.id for card in cards]}):
        if options and options.get("number") == number:
            signs[card_id] = [_sign(_("Comes round again"))]
        elif maker is not None:
            signs.setdefault(card_id, [_sign(_("A copy"))])
    return signs


def _sign(words: str) -> Badge:
    return Badge("recurring/sign.html", {"words": words}, lasting=True)


@cache
def _marked() -> Select[int, int, dict[str, Any], int]:
    """Made once: to make it takes longer than to run it."""
    repeating = and_(Queue.kind == "card", Queue.original_id == Card.id, Queue.status == Status.ACTIVE)
    found = select(Card.id, Card.number, Queue.options, _maker()).outerjoin(Queue, repeating)
    return found.where(Card.id.in_(bindparam("ids", expanding=True)))


def _maker() -> ScalarSelect[int]:
    """The queue that made the card, if one did. SQLite gives the id of the last card to another, which is younger than
    the run. Index: ix_recurring_run_made_id"""
    queue = aliased(Queue)
    made = select(Run.queue_id).join(queue, queue.id == Run.queue_id).where(Run.made_id == Card.id)
    return made.where(queue.kind == "card", Card.created_at <= Run.at).limit(1).scalar_subquery()


def _panel(template: str, mark: Mark, *, again: bool, **more: object) -> CardPanel | None:
    if not (again or mark.repeats or mark.made_by):
        return None
    return CardPanel(_("Comes round again"), template, {"mark": mark, "again": again, **more}, weight=WEIGHT)


def _mark(kind: str, original_id: int, maker: int | None, reader: User) -> Mark:
    """As far as this person may know. Index: ix_recurring_queues_original"""
    seen = select(Queue).where(Queue.seen_by(reader))
    repeats = seen.where(Queue.kind == kind, Queue.original_id == original_id, Queue.status != Status.COMPLETED)
    made_by = db.session.scalars(seen.where(Queue.id == maker)).first() if maker else None
    return Mark(db.session.scalars(repeats.order_by(Queue.id)).all(), made_by)
