"""What fails again and again is switched off, and those who look after the board hear of it."""

import pytest
from sqlalchemy import select

from host import NOTICE, Board, Event, Role, User, db
from plugins.webhooks.delivery import State
from tests.http_server import answer


def notices():
    return db.session.scalars(select(Event).filter_by(kind=NOTICE.name).order_by(Event.id)).all()


@pytest.fixture
def failing(receiver, hook, log, card, owner):
    """A webhook whose receiver says no, with an event that waits."""
    webhook = hook(receiver(answer(500)), events=["card_closed"])
    card.close(owner)
    log(webhook)
    return webhook


def fail(webhook, times):
    for _time in range(times):
        webhook.failed("It did not take it (500).", 500)
    db.session.commit()


def test_ten_failures_over_an_hour_switch_it_off(failing, log, travel, owner):
    fail(failing, 8)
    travel(hours=1)
    assert (failing.failures, failing.active) == (9, True)
    fail(failing, 1)
    assert not failing.active
    [notice] = notices()
    assert notice.particulars["people"] == [owner.id]
    assert notice.particulars["url"] == f"/webhooks/{failing.id}"
    assert "Press of Launch was switched off: It did not take it (500)." in notice.particulars["text"]
    [delivery] = log(failing)
    assert (delivery.state, delivery.note) == (State.FAILED, "The webhook was switched off.")


def test_a_hundred_within_an_hour_do_not(failing, travel):
    fail(failing, 99)
    travel(minutes=59)
    fail(failing, 1)
    assert failing.active
    assert notices() == []


def test_nine_over_a_week_do_not(failing, travel):
    travel(days=7)
    fail(failing, 8)
    assert (failing.failures, failing.active) == (9, True)


def test_a_success_between_them_begins_the_count_anew(failing, travel):
    fail(failing, 8)
    travel(hours=2)
    failing.succeeded()
    fail(failing, 9)
    assert failing.active


def test_switched_on_again_it_begins_anew(failing, travel):
    fail(failing, 9)
    travel(hours=2)
    fail(failing, 1)
    failing.switch_on()
    assert (failing.active, failing.failures, failing.failing_since, failing.off_why) == (True, 0, None, None)
    fail(failing, 1)
    assert failing.active


def test_it_is_told_once(failing, travel):
    fail(failing, 9)
    travel(hours=2)
    fail(failing, 5)
    assert len(notices()) == 1


def test_a_receiver_that_is_gone_for_good_is_believed_at_once(receiver, hook, log, card, owner):
    webhook = hook(receiver(answer(410)))
    card.close(owner)
    [delivery] = log(webhook)
    assert (webhook.active, delivery.state) == (False, State.FAILED)
    assert len(notices()) == 1


def test_by_itself_the_whole_way(receiver, hook, log, card, board, owner, travel):
    """Many cards, one receiver that is down: few requests, then silence."""
    server = receiver(answer(500))
    webhook = hook(server)
    for number in range(40):
        board.add_card(f"Card {number}", by=owner)
    log(webhook)
    assert len(server.received) == 3
    for _minute in range(120):
        travel(minutes=1)
        log(webhook)
    assert not webhook.active
    assert 10 <= len(server.received) <= 25
    assert {each.state for each in log(webhook)} == {State.FAILED}


def test_what_a_person_switches_off_is_no_news(failing):
    failing.switch_off()
    db.session.commit()
    assert notices() == []
    assert failing.off_why is None


def test_what_waits_for_another_webhook_goes_on_waiting(failing, hook, receiver, log, card, owner):
    other = hook(receiver(answer(500)), name="Other")
    card.reopen(owner)
    log(other)
    failing.switch_off()
    assert {each.state for each in log(failing)} == {State.FAILED}
    assert {each.state for each in log(other)} == {State.WAITING}


def test_admins_and_the_creator_hear_of_it_as_far_as_they_see_the_board(account, owner, member, hook):
    admin = User.join(account, name="Cleo Fen", email="cleo@example.org")
    admin.role = Role.ADMIN
    bens = Board.create("Ben's", by=member)
    db.session.commit()
    assert {each.name for each in hook(board=bens).keepers} == {"Ada Field", "Ben Hollow", "Cleo Fen"}
    closed = Board.create("Closed", by=member, all_access=False)
    assert {each.name for each in hook(board=closed).keepers} == {"Ben Hollow"}
