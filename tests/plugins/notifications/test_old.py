"""What was read and what was sent goes after a month; what waits to be read does not."""

from datetime import timedelta

from sqlalchemy import select

from host import clear, db, now, retention_rules
from plugins.notifications.bundle import Bundle, State
from plugins.notifications.models import Notification


def followed(key):
    """How many went by this rule; just as many as it promised."""
    rule = retention_rules()[key]
    before = now() - timedelta(days=rule.days)
    promised = rule.leftovers.count(before)
    assert clear(rule.leftovers, before) == promised
    return promised


def test_read_ones_go_after_a_month_and_unread_ones_stay(board, owner, odile, told, travel):
    for title in ("Read", "Unread"):
        board.add_card(title, by=owner).assign(odile, owner)
    assert len(told(odile)) == 2
    db.session.scalars(select(Notification).order_by(Notification.id)).first().read()
    db.session.commit()
    travel(days=29)
    assert followed("notifications.read") == 0
    travel(days=2)
    assert followed("notifications.read") == 1
    assert db.session.scalars(select(Notification.read_at)).all() == [None]


def test_bundles_that_ended_go_and_one_that_is_open_or_to_be_tried_again_stays(owner, odile, travel):
    at = now()
    ended = [Bundle(user=owner, state=state, ends_at=at, ended_at=at) for state in (State.SENT, State.EMPTY)]
    waiting = [Bundle(user=odile, state=state, ends_at=at) for state in (State.OPEN, State.CLOSED)]
    db.session.add_all([*ended, *waiting])
    db.session.commit()
    travel(days=31)
    assert followed("notifications.bundles") == 2
    left = db.session.scalars(select(Bundle.state).order_by(Bundle.state)).all()
    assert left == [State.CLOSED, State.OPEN]
