"""Of a board that somebody sees no more they are told no more: what they were told of it goes, and that they were named
there."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from host import Access, Card, Event, OldRows, clear, db, ngettext, now, publish_live, task
from plugins.notifications.mention import Mention
from plugins.notifications.models import TOPIC, Notification


@task("notifications.forget_inaccessible")
def run(event_ids: list[int]) -> str:
    """After access was revoked. Whoever was let in again meanwhile keeps all."""
    gone = 0
    for event in db.session.scalars(select(Event).where(Event.id.in_(event_ids))).all():
        board_id, account_id, people = event.board_id, event.account_id, event.particulars["user_ids"]
        if board_id is not None:
            gone += sum(clear(theirs(model, board_id, people), now()) for model in (Notification, Mention))
            publish_live(TOPIC, account_id=account_id, to=people)
    return ngettext("%(n)s thing forgotten", "%(n)s things forgotten", gone)


def theirs(model: Any, board_id: int, people: Collection[int]) -> OldRows:
    """Those of these people about cards of the board, unless they see it."""
    sees = select(Access.id).where(Access.board_id == board_id, Access.user_id == model.user_id).exists()
    cards = select(Card.id).where(Card.board_id == board_id)

    def gone(_before: datetime) -> ColumnElement[bool]:
        found: ColumnElement[bool] = model.user_id.in_(people) & model.card_id.in_(cards) & ~sees
        return found

    return OldRows(model, gone)
