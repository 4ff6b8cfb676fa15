"""A word to whoever has a card, when three quarters of its time are over."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import ForeignKey, Select, select
from sqlalchemy.orm import Mapped, mapped_column

from host import Assignment, Card, Model, Moment, User, _, checkpoint, db, ngettext, notice_kind, notify, now, task
from plugins.entropy.glance import glance
from plugins.entropy.groups import Group, groups

SOON = notice_kind("entropy.resting_soon", title=_("A card of yours will rest soon"))


class Pair(NamedTuple):
    """A card, and somebody who has it."""

    last_active_at: datetime
    card_id: int
    number: int
    title: str
    board_id: int
    person_id: int


class Warned(Model):
    """Up to when people of a space have been told what rests soon."""

    __tablename__ = "entropy_warned"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)


@task("entropy.warn")
def run() -> str:
    """Tell each person of the cards they have that began to rest soon since we last looked. The first time we only
    look: whoever begins with old cards is not to be told of all of them."""
    told = 0
    for account_id, theirs in groupby(glance(groups), key=lambda group: group.account_id):
        told += _warn(account_id, list(theirs))
        checkpoint()
    return ngettext("told %(n)s person", "told %(n)s people", told)


def _warn(account_id: int, grouped: Sequence[Group]) -> int:
    at = now()
    cards: dict[int, list[Pair]] = defaultdict(list)
    for pair in glance(partial(_newly_soon, account_id, grouped, at)):
        cards[pair.person_id].append(pair)
    for person_id, some in cards.items():
        _tell(db.session.get_one(User, person_id), some)
    db.session.merge(Warned(account_id=account_id, at=at))
    return len(cards)


def _newly_soon(account_id: int, grouped: Sequence[Group], at: datetime) -> list[Pair]:
    """The longest untouched first."""
    warned = db.session.get(Warned, account_id)
    if warned is None:
        return []
    parts = [part & ~group.due(at) for group in grouped for part in group.newly_soon(warned.at, at)]
    return sorted(Pair(*row) for part in parts for row in db.session.execute(_pairs().where(part)))


def _pairs() -> Select[datetime, int, int, str, int, int]:
    """Indexes: ix_card_awake, uq_assignment_card_id_user_id"""
    pairs = select(Card.last_active_at, Card.id, Card.number, Card.title, Card.board_id, User.id)
    theirs = pairs.join(Assignment, Assignment.card_id == Card.id).join(User, User.id == Assignment.user_id)
    return theirs.where(User.active)


def _tell(person: User, cards: Sequence[Pair]) -> None:
    first, others = cards[0], len(cards) - 1
    if not others:
        card = db.session.get(Card, first.card_id)
        notify([person], SOON, _("This rests soon. Touch it to keep it awake."), f"/cards/{first.number}", card)
        return
    boards = {card.board_id for card in cards}
    url = f"/boards/{first.board_id}?postponing_soon=1" if len(boards) == 1 else "/"
    said = ngettext(
        "“%(first)s” and %(n)s other rest soon.", "“%(first)s” and %(n)s others rest soon.", others, first=first.title
    )
    notify([person], SOON, said, url)
