"""What a receiver is told, and that it is as documented."""

import json

import pytest
from jsonschema import Draft202012Validator, ValidationError
from sqlalchemy import select

from host import NOTICE, Board, Event, db, kind, notice_kind, notify, record
from plugins.webhooks.payload import json_schema

pytestmark = pytest.mark.sqlite_only("the same on either")


def strict(part):
    """The schema without room for what it does not tell."""
    if isinstance(part, dict):
        closed = {key: strict(value) for key, value in part.items()}
        return {**closed, "additionalProperties": False} if "properties" in part else closed
    return [strict(each) for each in part] if isinstance(part, list) else part


@pytest.fixture
def fits():
    """Raises for what the schema does not describe to the last field."""
    schema = strict(json_schema())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate


def test_a_change_says_who_what_where_and_from_what_to_what(receiver, hook, log, news_to, card, board, owner, member):
    server = receiver()
    webhook = hook(server)
    card.tag("print")
    card.assign(member, owner)
    card.rename("Interview all bakers", owner)
    log(webhook)
    [(assigned, _), (renamed, data)] = news_to(server)
    assert (assigned, renamed) == ("card_assigned", "card_title_changed")
    assert data["actor"] == {"id": owner.id, "name": "Ada Field"}
    assert data["board"]["name"] == "Launch"
    assert data["board"]["url"].endswith(f"/boards/{board.id}")
    assert data["card"]["number"] == card.number
    assert data["card"]["assignees"] == [{"id": member.id, "name": "Ben Hollow"}]
    assert data["card"]["url"].endswith(f"/cards/{card.number}")
    assert data["particulars"] == {"old_title": "Interview the bakers", "new_title": "Interview all bakers"}
    assert data["automatic"] is False


def test_a_comment_comes_with_its_words(receiver, hook, log, news_to, card, owner):
    server = receiver()
    webhook = hook(server)
    card.comment("By **Sunday**", owner)
    log(webhook)
    [(name, data)] = news_to(server)
    assert name == "comment_created"
    assert data["comment"]["body"] == "By **Sunday**"
    assert data["comment"]["creator"]["name"] == "Ada Field"


def test_all_that_is_sent_is_as_the_schema_says(receiver, hook, log, card, board, owner, member, fits):
    server = receiver()
    webhook = hook(server)
    card.describe("With **ink**", owner)
    card.assign(member, owner)
    card.comment("Soon", owner)
    card.triage_into(board.columns[0], owner)
    card.add_step("Ask")
    card.postpone(owner)
    log(webhook)
    card.close(owner)
    card.delete(by=owner)
    log(webhook)
    assert len(server.received) >= 6
    for each in server.received:
        fits(each.json)


def test_what_the_schema_does_not_know_would_be_found(fits):
    with pytest.raises(ValidationError):
        fits({"type": "card_closed", "timestamp": "2026-01-01T00:00:00Z", "data": {}})


def test_a_removed_card_is_told_by_its_number_and_title(receiver, hook, log, news_to, card, owner):
    server = receiver()
    webhook = hook(server)
    card.delete(by=owner)
    [delivery] = log(webhook)
    [(name, data)] = news_to(server)
    assert (name, data["card"]) == ("card_deleted", None)
    assert data["particulars"] == {"number": 1, "title": "Interview the bakers"}
    assert delivery.lane == 1


def test_the_board_that_a_card_leaves_hears_that_it_left_and_not_where_it_went(
    receiver, hook, log, news_to, card, board, owner
):
    other = Board.create("Secret plans", by=owner, all_access=False)
    here, there = receiver(), receiver()
    left, came = hook(here), hook(there, board=other, name="Other")
    card.move_to(other, owner)
    log(left)
    log(came)
    [(kind_here, data_here)] = news_to(here)
    [(kind_there, data_there)] = news_to(there)
    assert kind_here == kind_there == "card_board_changed"
    assert data_here["board"]["id"] == board.id
    assert data_here["card"] is None
    assert data_here["particulars"]["title"] == "Interview the bakers"
    assert "Secret" not in here.received[0].body.decode()
    assert data_there["card"]["number"] == card.number
    assert data_there["particulars"]["old_board"] == "Launch"


def test_a_word_to_some_is_not_told_on(receiver, hook, log, card, owner):
    webhook = hook(receiver())
    notify([owner], notice_kind("webhooks.probe", title="Probe"), "For Ada alone", "/", card)
    db.session.commit()
    assert db.session.scalars(select(Event).filter_by(kind=NOTICE.name)).all()
    assert log(webhook) == []


def test_events_of_other_plugins_are_told(receiver, hook, log, news_to, card, owner):
    server = receiver()
    webhook = hook(server)
    record(kind("garden.watered"), card, by=owner, litres=3)
    log(webhook)
    [(name, data)] = news_to(server)
    assert (name, data["particulars"]) == ("garden.watered", {"litres": 3})


def test_the_schema_is_served_to_receivers(anonymous):
    answered = anonymous.get("/webhooks/payload.schema.json")
    assert answered.status_code == 200
    Draft202012Validator.check_schema(answered.json)
    assert answered.json == json.loads(json.dumps(json_schema()))
