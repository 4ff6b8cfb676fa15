"""The space's tags: renamed, coloured anew, merged, deleted, and completed while one types."""

import pytest
from sqlalchemy import select

from host.db import db
from host.models import Account, Board, Event, Tag, Tagging
from tests.host.web.page import Page

TAGS = "/settings/tags"


@pytest.fixture
def garden(card, board):
    """On two cards, of which one has `field` too."""
    other = board.add_card("Oats")
    other.tag("field")
    other.tag("garden")
    garden = card.tag("garden")
    db.session.commit()
    return garden


@pytest.fixture
def field(garden):
    return db.session.scalars(select(Tag).filter_by(title="field")).one()


def told():
    return db.session.execute(select(Event.kind, Event.particulars).where(Event.kind.like("tag%"))).all()


def test_the_list_counts_the_cards_that_one_sees(read, browser, garden, owner, member):
    Board.create("Closed", by=owner, all_access=False).add_card("x").tag("garden")
    db.session.commit()
    assert "field 1 card Edit garden 3 cards Edit" in read(TAGS).words
    theirs = Page(browser(member).get(TAGS).text)
    assert "field 1 card garden 2 cards" in theirs.words


def test_a_tag_is_renamed_and_coloured_wherever_it_is(read, submit, client, garden, card):
    page = read(read(TAGS).one("a", aria_label="Edit garden")["href"])
    answer = submit(page, f"{TAGS}/{garden.id}", title=" #Kitchen \n Garden ", hue="rust")
    assert answer.headers["Location"] == TAGS
    db.session.expire_all()
    assert (garden.title, garden.hue, card.tags) == ("kitchen garden", "rust", [garden])
    assert "kitchen garden" in client.get(f"/cards/{card.number}").text
    ((kind, particulars),) = told()
    assert (kind, particulars["title"], particulars["old_title"]) == ("tag_changed", "kitchen garden", "garden")


@pytest.mark.parametrize(
    ("typed", "field_name"),
    [({"title": ""}, "title"), ({"title": " # "}, "title"), ({"title": "FIELD"}, "title"), ({"hue": "red;"}, "hue")],
)
def test_what_does_not_fit_comes_back(read, submit, garden, typed, field_name):
    answer = submit(read(f"{TAGS}/{garden.id}"), f"{TAGS}/{garden.id}", **typed)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.said[f"f-{field_name}-errors"]
    assert page.one("input", id="f-title")["value"] == typed.get("title", "garden")
    db.session.expire_all()
    assert (garden.title, told()) == ("garden", [])


def test_two_tags_become_one(read, submit, garden, field, card):
    submit(read(f"{TAGS}/{garden.id}"), f"{TAGS}/{garden.id}/merging", into=field.id)
    assert "garden is field now." in read(TAGS).said["toasts"]
    db.session.expire_all()
    assert db.session.scalars(select(Tag.title)).all() == ["field"]
    assert db.session.scalars(select(Tagging.tag_id)).all() == [field.id] * 2
    assert card.tags == [field]
    assert told() == [("tag_merged", {"title": "garden", "into": "field", "into_id": field.id})]


def test_a_tag_is_merged_into_no_other_than_one_of_the_space(client, garden):
    eve = Account.open("Elsewhere", owner_name="Eve", email=None)
    theirs = Tag.named(eve.account_id, "x")
    db.session.commit()
    address = f"{TAGS}/{garden.id}/merging"
    assert client.post(address, data={"into": theirs.id}).status_code == 404
    assert client.post(address, data={"into": "x"}).status_code == 422
    assert client.post(address, data={"into": garden.id}).status_code == 422
    assert client.post(f"{TAGS}/{theirs.id}", data={"title": "y"}).status_code == 404
    assert client.get(f"{TAGS}/{theirs.id}").status_code == 404


def test_a_tag_goes_from_every_card(read, submit, garden, card):
    submit(read(f"{TAGS}/{garden.id}"), f"{TAGS}/{garden.id}/delete")
    assert "garden is gone from every card." in read(TAGS).said["toasts"]
    db.session.expire_all()
    assert card.tags == []
    assert [kind for kind, _more in told()] == ["tag_deleted"]


def test_a_member_looks_and_changes_nothing(browser, garden, field, member):
    ben = browser(member)
    assert ben.get(f"{TAGS}/{garden.id}").status_code == 403
    for what in ("", "/merging", "/delete"):
        assert ben.post(f"{TAGS}/{garden.id}{what}", data={"title": "x", "into": field.id}).status_code == 403
    assert told() == []


def test_a_word_is_completed_while_it_is_typed(client, read, garden, card):
    offered = Page(client.get(f"{TAGS}/titles?tag=%23GAR").text).all("option")
    assert [each["value"] for each in offered] == ["garden"]
    assert len(Page(client.get(f"{TAGS}/titles").text).all("option")) == 2
    assert Page(client.get(f"{TAGS}/titles?tag=%25").text).all("option") == []
    entry = read(f"/cards/{card.number}").one("input", id="new-tag")
    assert (entry["list"], entry["hx-get"]) == ("tag-titles", f"{TAGS}/titles")


def test_by_the_api(program, owner, member, garden, field):
    ada, ben = program(owner), program(member)
    address = f"/tags/{garden.id}"
    assert ben("GET", address).json == {"id": garden.id, "title": "garden", "hue": garden.hue}
    assert ben("PATCH", address, {"title": "x"}).status_code == 403
    assert ada("PATCH", address, {"title": "Kitchen", "hue": "sky"}).json["title"] == "kitchen"
    assert {*ada("PATCH", address, {"title": "field", "hue": "red"}).json["errors"]} == {"title", "hue"}
    assert ada("POST", f"{address}/merging", {"into": garden.id}).status_code == 422
    assert ada("POST", f"{address}/merging", {"into": field.id}).json["title"] == "field"
    assert ada("GET", address).status_code == 404
    assert ben("DELETE", f"/tags/{field.id}").status_code == 403
    assert ada("DELETE", f"/tags/{field.id}").status_code == 204
    assert ada("GET", "/tags").json == []
