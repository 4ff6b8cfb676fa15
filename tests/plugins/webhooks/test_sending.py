"""Deliveries on their way: in order, again after a fault, by hand."""

import pytest
from sqlalchemy import event, func, select

from host import Board, Job, db
from host.jobs import drain
from plugins.webhooks import dispatch
from plugins.webhooks.delivery import Delivery, State
from plugins.webhooks.webhook import Webhook
from tests.http_server import answer

DAY = 24 * 3600


def numbers(server):
    return [(each.json["type"], each.json["data"]["card"]["number"]) for each in server.received]


def test_each_event_is_sent_once(receiver, hook, log, card, owner):
    server = receiver()
    webhook = hook(server)
    card.close(owner)
    [delivery] = log(webhook)
    assert (delivery.state, delivery.tries, delivery.next_try_at) == (State.DELIVERED, 1, None)
    assert [each.status for each in delivery.attempts] == [204]
    log(webhook)
    assert len(server.received) == 1


def test_nothing_is_sent_of_a_change_that_is_taken_back(receiver, hook, log, card, owner):
    webhook = hook(receiver())
    card.close(owner)
    db.session.rollback()
    assert log(webhook) == []


def test_a_webhook_hears_of_what_it_chose_and_of_its_board_alone(receiver, hook, log, card, owner):
    server, elsewhere = receiver(), receiver()
    webhook = hook(server, events=["card_closed"])
    hook(elsewhere, board=Board.create("Other", by=owner), name="Other")
    card.keep(owner)
    card.close(owner)
    log(webhook)
    assert numbers(server) == [("card_closed", 1)]
    assert elsewhere.received == []


def test_where_no_webhook_is_on_no_job_is_made(hook, log, card, owner):
    card.close(owner)
    db.session.commit()
    assert db.session.scalars(select(Job).filter_by(task="webhooks.dispatch", finished_at=None)).all() == []
    webhook = hook()
    card.reopen(owner)
    db.session.commit()
    assert len(db.session.scalars(select(Job).filter_by(task="webhooks.dispatch")).all()) == 1
    webhook.switch_off()
    log(webhook)
    card.close(owner)
    db.session.commit()
    assert db.session.scalars(select(Job).filter_by(task="webhooks.dispatch", finished_at=None)).all() == []


def test_one_that_is_off_hears_nothing(receiver, hook, log, card, owner):
    webhook = hook(receiver())
    webhook.switch_off()
    card.close(owner)
    assert log(webhook) == []


def test_events_of_a_card_come_in_their_order(receiver, hook, log, card, owner):
    server = receiver()
    webhook = hook(server)
    for _turn in range(5):
        card.close(owner)
        card.reopen(owner)
        db.session.commit()
    log(webhook)
    assert [name for name, _number in numbers(server)] == ["card_closed", "card_reopened"] * 5


def test_what_is_tried_again_keeps_its_card_waiting_and_no_other(receiver, hook, log, card, board, owner, travel):
    other = board.add_card("Bake", by=owner)
    server = receiver(answer(500), answer(204))
    webhook = hook(server)
    card.close(owner)
    card.reopen(owner)
    other.close(owner)
    log(webhook)
    assert numbers(server) == [("card_closed", 1), ("card_closed", 2)]
    travel(minutes=2)
    log(webhook)
    assert numbers(server)[2:] == [("card_closed", 1), ("card_reopened", 1)]


def test_each_try_has_the_same_id_and_body_and_a_time_of_its_own(receiver, hook, log, card, owner, travel):
    server = receiver(answer(503), answer(204))
    webhook = hook(server)
    card.close(owner)
    log(webhook)
    travel(minutes=5)
    card.rename("Something else", owner)
    log(webhook)
    first, again, _renamed = server.received
    assert first.headers["webhook-id"] == again.headers["webhook-id"]
    assert first.body == again.body
    assert int(again.headers["webhook-timestamp"]) - int(first.headers["webhook-timestamp"]) >= 300


def test_it_is_tried_for_a_day_and_then_given_up(receiver, hook, log, card, owner, travel):
    server = receiver(answer(500))
    webhook = hook(server, events=["card_closed"])
    card.close(owner)
    waited = 0
    while (delivery := log(webhook)[0]).state is State.WAITING:
        webhook.failures = 0  # else it would be switched off
        travel(minutes=10)
        waited += 600
        assert waited < 2 * DAY
    assert delivery.state is State.FAILED
    assert delivery.tries == len(server.received) == 11
    assert 20 * 3600 < waited <= 25 * 3600


@pytest.mark.parametrize(
    ("asks", "least", "most"),
    [("3600", 3500, 3700), ("99999999", DAY - 60, DAY + 60), *((odd, 5, 20) for odd in ("5", "soon", "-5", "9" * 30))],
)
def test_a_receiver_that_asks_for_time_gets_it(receiver, hook, log, card, owner, asks, least, most):
    webhook = hook(receiver(answer(429, retry_after=asks)))
    card.close(owner)
    [delivery] = log(webhook)
    assert least <= (delivery.next_try_at - delivery.attempts[0].at).total_seconds() <= most


@pytest.mark.sqlite_only("its planner says what it does")
@pytest.mark.parametrize("ask", [Delivery.due, Delivery.next_due])
def test_the_next_of_many_is_found_by_indices(hook, ask):
    webhook, asked = hook(), []
    listens = ("before_cursor_execute", lambda _c, _u, statement, given, *_rest: asked.append((statement, given)))
    event.listen(db.engine, *listens)
    ask(webhook)
    event.remove(db.engine, *listens)
    statement, given = next(each for each in asked if "webhooks_delivery" in each[0])
    rows = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
    plan = "\n".join(row[-1] for row in rows)
    assert "ix_webhooks_delivery_webhook_id_state_next_try_at_event_id" in plan
    assert "ix_webhooks_delivery_webhook_id_state_lane_event_id" in plan
    assert "B-TREE" not in plan
    assert "SCAN" not in plan


def test_a_failed_one_is_sent_again_by_hand(receiver, hook, log, card, owner):
    server = receiver(answer(500), answer(200, b"thanks"))
    webhook = hook(server)
    card.close(owner)
    [delivery] = log(webhook)
    delivery.state, delivery.next_try_at = State.FAILED, None
    dispatch.resend(delivery)
    [delivery] = log(webhook)
    assert delivery.state is State.DELIVERED
    assert [each.reason for each in delivery.attempts] == ["It did not take it (500).", "Taken (200)."]
    assert server.received[0].headers["webhook-id"] == server.received[1].headers["webhook-id"]


def test_a_try_by_hand_that_fails_changes_nothing(receiver, hook, log, card, owner):
    webhook = hook(receiver(answer(500)))
    card.close(owner)
    [delivery] = log(webhook)
    tries, next_try = delivery.tries, delivery.next_try_at
    dispatch.resend(delivery)
    [delivery] = log(webhook)
    assert (delivery.state, delivery.tries, delivery.next_try_at) == (State.WAITING, tries, next_try)
    assert len(delivery.attempts) == 2


@pytest.mark.parametrize(("status", "state"), [(200, State.DELIVERED), (500, State.FAILED)])
def test_a_test_is_tried_once_and_also_where_the_webhook_is_off(receiver, hook, log, owner, status, state):
    server = receiver(answer(status))
    webhook = hook(server)
    webhook.switch_off()
    dispatch.test(webhook, owner)
    [delivery] = log(webhook)
    assert (delivery.state, delivery.kind) == (state, "test")
    assert server.received[0].json["type"] == "test"
    log(webhook)
    assert len(server.received) == 1


def test_a_job_that_is_run_again_adds_nothing_twice(receiver, hook, log, card, owner):
    webhook = hook(receiver())
    card.close(owner)
    card.reopen(owner)
    told = [each.event_id for each in log(webhook)]
    assert len(told) == 2
    dispatch.dispatch(event_ids=told)
    assert [each.event_id for each in log(webhook)] == told


def test_a_webhook_that_is_removed_while_it_is_sent_to(receiver, hook, log, card, owner, app):
    """Its receiver is slow, and a person is quicker."""
    def remove(talk):
        with app.app_context():
            db.session.delete(db.session.get(Webhook, webhook_id))
            db.session.commit()
        answer(204)(talk)

    webhook = hook(receiver(remove))
    webhook_id = webhook.id
    card.close(owner)
    db.session.commit()
    drain()
    db.session.expire_all()
    assert db.session.get(Webhook, webhook_id) is None
    assert db.session.scalar(select(func.count(Job.id)).where(Job.error.is_not(None))) == 0


def test_many_events_at_once(receiver, hook, log, board, owner):
    server = receiver()
    webhook = hook(server)
    for number in range(60):
        board.add_card(f"Card {number}", by=owner)
    assert len(log(webhook)) == 60
    assert [number for _kind, number in numbers(server)] == list(range(1, 61))
