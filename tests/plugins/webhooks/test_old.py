"""What became of a delivery goes after a week, its tries with it; one that waits stays."""

from datetime import timedelta

from sqlalchemy import select

from host import clear, db, now, retention_rules
from plugins.webhooks.attempt import Attempt
from plugins.webhooks.delivery import Delivery, State
from tests.http_server import answer


def followed():
    rule = retention_rules()["webhooks.deliveries"]
    before = now() - timedelta(days=rule.days)
    promised = rule.leftovers.count(before)
    assert clear(rule.leftovers, before) == promised
    return promised


def test_what_is_over_goes_after_seven_days(receiver, hook, log, card, owner, travel):
    webhook = hook(receiver())
    card.close(owner)
    assert [each.state for each in log(webhook)] == [State.DELIVERED]
    travel(days=6, hours=23)
    assert followed() == 0
    travel(hours=2)
    assert followed() == 1
    assert db.session.scalars(select(Delivery)).all() == db.session.scalars(select(Attempt)).all() == []


def test_what_waits_for_its_next_try_stays(receiver, hook, log, card, owner, travel):
    webhook = hook(receiver(answer(503)))
    card.close(owner)
    assert [each.state for each in log(webhook)] == [State.WAITING]
    travel(days=8)
    assert followed() == 0
    assert len(db.session.scalars(select(Delivery)).all()) == 1
