"""The pages: a board's webhooks, one of them, one of its deliveries."""

import pytest

from host import Access, Board, db
from host.testing import sign_in
from plugins.webhooks.delivery import Delivery, State
from plugins.webhooks.menu import page_of
from plugins.webhooks.webhook import Format, Webhook
from tests.http_server import answer

pytestmark = pytest.mark.sqlite_only("a page is the same on either")
URL = "https://hooks.example/in"


def all_of(board):
    return db.session.query(Webhook).filter_by(board_id=board.id).all()


@pytest.fixture
def delivered(hook, receiver, log, card, owner):
    """A webhook whose receiver refused an event, and would take it now."""
    webhook = hook(receiver(answer(500, b"sorry, <b>no</b>"), answer(200)))
    card.close(owner)
    log(webhook)
    return webhook


def test_the_board_leads_to_its_webhooks(client, board):
    assert f'href="{page_of(board)}"' in client.get(f"/boards/{board.id}").text
    page = client.get(page_of(board)).text
    assert "No webhooks yet" in page
    assert all(words in page for words in ("A card is done", "A comment is written", "Mattermost, Teams and others"))


def test_who_may_not_is_shown_no_way(anonymous, member, board):
    sign_in(anonymous, member)
    assert "settings/webhooks" not in anonymous.get(f"/boards/{board.id}").text
    assert anonymous.get(page_of(board)).status_code == 403


def test_one_is_added(client, board):
    data = {"name": "Press", "url": URL, "format": "slack", "events": ["card_closed"]}
    assert client.post(page_of(board), data=data).status_code == 303
    [webhook] = all_of(board)
    assert (webhook.name, webhook.url, webhook.format) == ("Press", URL, Format.SLACK)
    assert (webhook.events, webhook.plain_signature) == (["card_closed"], False)
    assert "Press" in client.get(page_of(board)).text


def test_all_events_win_over_some(client, board):
    data = {"name": "Press", "url": URL, "all_events": "1", "events": ["card_closed", "card_kept"]}
    client.post(page_of(board), data=data)
    assert all_of(board)[0].events is None


def test_what_was_typed_wrong_stays_beside_its_error(client, board):
    data = {"name": "Press & co", "url": "http://10.0.0.1", "format": "discord", "events": ["card_kept", "card_closed"]}
    answered = client.post(page_of(board), data=data)
    assert answered.status_code == 422
    page = answered.text
    assert "10.0.0.1 is not on the public internet" in page
    assert 'value="Press &amp; co"' in page
    assert '<option value="discord" selected>' in page
    assert 'value="card_kept" checked' in page
    assert 'value="card_triaged" checked' not in page
    assert all_of(board) == []


def test_no_event_at_all(client, board):
    answered = client.post(page_of(board), data={"name": "Press", "url": URL})
    assert "Choose one event at least, or all." in answered.text
    assert all_of(board) == []


def test_its_page_shows_how_it_fares(client, delivered):
    page = client.get(f"/webhooks/{delivered.id}").text
    assert "The last try failed." in page
    assert "To be tried again" in page
    assert "A card is done" in page
    assert delivered.secret in page


def test_it_is_changed(client, hook):
    webhook = hook()
    data = {"name": "News", "url": URL + "/2", "format": "json", "events": "card_kept", "plain_signature": "1"}
    assert client.post(f"/webhooks/{webhook.id}", data=data).status_code == 303
    assert (webhook.name, webhook.url, webhook.events) == ("News", URL + "/2", ["card_kept"])
    assert webhook.plain_signature
    answered = client.post(f"/webhooks/{webhook.id}", data={**data, "name": ""})
    assert (answered.status_code, "A name has 1 to 120 characters." in answered.text) == (422, True)
    assert webhook.name == "News"


def test_it_is_switched_off_and_on_again(client, delivered):
    client.post(f"/webhooks/{delivered.id}/activation/delete")
    page = client.get(f"/webhooks/{delivered.id}").text
    assert "Switch on" in page
    assert "Failed" in page
    assert not delivered.active
    client.post(f"/webhooks/{delivered.id}/activation")
    assert (delivered.active, delivered.failures) == (True, 0)


def test_why_it_went_off_by_itself_is_said(client, hook, board):
    webhook = hook()
    webhook.switch_off("It did not take it (410).")
    db.session.commit()
    assert "It was switched off: It did not take it (410)." in client.get(f"/webhooks/{webhook.id}").text
    assert "It did not take it (410)." in client.get(page_of(board)).text


def test_a_new_secret_is_made(client, hook):
    webhook = hook()
    before = webhook.secret
    client.post(f"/webhooks/{webhook.id}/secret")
    page = client.get(f"/webhooks/{webhook.id}").text
    assert webhook.secret in page
    assert before not in page
    assert "The one before counts until" in page


def test_a_test_shows_what_came_of_it(client, hook, receiver, drain_jobs):
    webhook = hook(receiver())
    assert client.post(f"/webhooks/{webhook.id}/test").status_code == 303
    assert "Waiting" in client.get(f"/webhooks/{webhook.id}").text
    drain_jobs()
    assert "Delivered" in client.get(f"/webhooks/{webhook.id}").text


def test_a_delivery_shows_each_try_and_is_sent_again(client, delivered, drain_jobs):
    [delivery] = db.session.query(Delivery).all()
    address = f"/webhooks/{delivered.id}/deliveries/{delivery.id}"
    page = client.get(address).text
    assert "It did not take it (500)." in page
    assert "sorry, &lt;b&gt;no&lt;/b&gt;" in page
    assert f"webhook-id: {delivery.message_id}" in page
    assert "Interview the bakers" in page
    assert client.post(f"{address}/redelivery").status_code == 303
    drain_jobs()
    assert "Taken (200)." in client.get(address).text
    db.session.expire_all()
    assert delivery.state is State.DELIVERED


def test_it_is_removed(client, delivered, board):
    assert client.post(f"/webhooks/{delivered.id}/delete").headers["Location"] == page_of(board)
    assert all_of(board) == []
    assert db.session.query(Delivery).count() == 0


def test_pages_of_others_are_not_there(anonymous, member, owner, hook):
    """A member may not; who does not see the board finds nothing."""
    open_one, closed_one = hook(), hook(board=Board.create("Closed", by=owner, all_access=False))
    sign_in(anonymous, member)
    for path in ("", "/test", "/secret", "/delete", "/activation", "/activation/delete", "/deliveries/1/redelivery"):
        assert anonymous.post(f"/webhooks/{open_one.id}{path}").status_code == 403, path
        assert anonymous.post(f"/webhooks/{closed_one.id}{path}").status_code == 404, path
    for path in ("", "/deliveries/1"):
        assert anonymous.get(f"/webhooks/{open_one.id}{path}").status_code == 403, path
        assert anonymous.get(f"/webhooks/{closed_one.id}{path}").status_code == 404, path
    assert db.session.query(Access).filter_by(user_id=member.id, board_id=closed_one.board_id).count() == 0
