"""A card as the board draws it, made for many at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import url_for
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from host.db import db
from host.models import Assignment, Card, Comment, Goldness, Place, Step, Tag, Tagging, User
from host.plugging.plugin import Badge
from host.web import slots


@dataclass
class CardView:
    """The values that `components/card.html` shows; nothing in it depends on who looks."""

    id: int
    number: int
    title: str
    url: str
    column_key: str
    golden: bool = False
    cover: None = None
    tags: list[Tag] = field(default_factory=list)
    assignees: list[User] = field(default_factory=list)
    steps_done: int = 0
    steps_total: int = 0
    comments_count: int = 0
    badges: Sequence[Badge] = ()


def views(cards: Sequence[Card]) -> list[CardView]:
    """One view a card, in a constant number of statements whatever their number."""
    made = {card.id: plain(card) for card in cards}
    ids = list(made)
    for assignment in db.session.scalars(
        select(Assignment)
        .where(Assignment.card_id.in_(ids))
        .options(joinedload(Assignment.user))
        .order_by(Assignment.id)
    ):
        made[assignment.card_id].assignees.append(assignment.user)
    for tagging in db.session.scalars(
        select(Tagging).where(Tagging.card_id.in_(ids)).options(joinedload(Tagging.tag)).order_by(Tagging.id)
    ):
        made[tagging.card_id].tags.append(tagging.tag)
    for card_id in db.session.scalars(select(Goldness.card_id).where(Goldness.card_id.in_(ids))):
        made[card_id].golden = True
    _count(made)
    for card_id, badges in slots.badges(cards).items():
        made[card_id].badges = badges
    return list(made.values())


def plain(card: Card) -> CardView:
    key = str(card.column_id) if card.place is Place.COLUMN else card.place.value
    return CardView(card.id, card.number, card.title, url_for("cards.show", number=card.number), key)


def _count(made: dict[int, CardView]) -> None:
    steps = (
        select(Step.card_id, func.count(), func.count(Step.done_at))
        .where(Step.card_id.in_(made))
        .group_by(Step.card_id)
    )
    for card_id, total, done in db.session.execute(steps):
        made[card_id].steps_total, made[card_id].steps_done = total, done
    comments = select(Comment.card_id, func.count()).where(Comment.card_id.in_(made)).group_by(Comment.card_id)
    for card_id, count in db.session.execute(comments):
        made[card_id].comments_count = count
