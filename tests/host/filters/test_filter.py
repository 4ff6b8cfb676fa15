"""Which cards a filter finds, on either database."""

from urllib.parse import urlencode

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from host.db import db
from host.filters import Filter
from host.models import Account, Board, Card


def read(**asked):
    return Filter.read(MultiDict(asked))


@pytest.fixture
def found(owner):
    """`found(tag=["garden"])`: the titles of the cards that it finds, as they were added."""

    def titles(**asked):
        db.session.flush()
        return list(db.session.scalars(select(Card.title).where(*read(**asked).conditions(owner)).order_by(Card.id)))

    return titles


@pytest.fixture
def cards(board, owner, member, travel):
    """Four, of which each has something of its own."""
    sow = board.add_card("Sow the rye", by=owner, description="Before the frost")
    reeds = board.add_card("Cut the reeds", by=member, column=board.columns[0])
    fence = board.add_card("Mend 5% of the fence_", by=owner)
    posts = Board.create("Elsewhere", by=owner).add_card("Count the posts", by=member)
    sow.tag("Garden")
    reeds.tag("Garden")
    reeds.tag("Water")
    reeds.assign(member, owner)
    fence.assign(owner, owner)
    fence.gild(owner)
    fence.postpone(member)
    posts.close(member)
    return sow, reeds, fence, posts


def test_of_one_criterion_any_will_do_and_of_several_all_must(found, cards, owner, member):
    assert found(tag="garden") == ["Sow the rye", "Cut the reeds"]
    assert found(tag=["garden", "water"]) == ["Sow the rye", "Cut the reeds"]
    assert found(tag=["#Garden"], assignee=str(member.id)) == ["Cut the reeds"]
    assert found(tag=["garden"], assignee=str(owner.id)) == []


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({}, ["Sow the rye", "Cut the reeds", "Mend 5% of the fence_", "Count the posts"]),
        ({"assignee": "nobody"}, ["Sow the rye", "Count the posts"]),
        ({"assignee": ["nobody", "{owner}"]}, ["Sow the rye", "Mend 5% of the fence_", "Count the posts"]),
        ({"creator": "{member}"}, ["Cut the reeds", "Count the posts"]),
        ({"closer": "{member}"}, ["Count the posts"]),
        ({"closer": "{owner}"}, []),
        ({"board": "{board}"}, ["Sow the rye", "Cut the reeds", "Mend 5% of the fence_"]),
        ({"place": ["maybe", "done"]}, ["Sow the rye", "Count the posts"]),
        ({"place": "column"}, ["Cut the reeds"]),
        ({"place": "not_now"}, ["Mend 5% of the fence_"]),
        ({"golden": "1"}, ["Mend 5% of the fence_"]),
        ({"q": "the FROST"}, ["Sow the rye"]),
        ({"q": "frost rye"}, ["Sow the rye"]),
        ({"q": "5%"}, ["Mend 5% of the fence_"]),
        ({"q": "e_"}, ["Mend 5% of the fence_"]),
        ({"q": "%%"}, []),
    ],
)
def test_each_criterion(found, cards, board, owner, member, asked, titles):
    names = {"owner": owner.id, "member": member.id, "board": board.id}
    filled = {
        key: [each.format(**names) if "{" in each else each for each in ([value] if isinstance(value, str) else value)]
        for key, value in asked.items()
    }
    assert found(**filled) == titles


def test_by_when_they_were_added_and_closed(found, board, owner, travel):
    owner.live_in("Europe/Berlin")
    board.add_card("Old", by=owner).close(owner)
    travel(days=40)
    board.add_card("New", by=owner)
    assert found(created="today") == ["New"]
    assert found(created="yesterday") == found(closed="today") == []
    travel(days=1)
    assert found(created="yesterday") == ["New"]
    assert found(created="this_month", closed="this_month") == []


def test_tags_of_another_space_are_others(found, cards):
    eve = Account.open("Far", owner_name="Eve", email=None)
    Board.create("Theirs", by=eve).add_card("Secret").tag("garden")
    assert found(tag="garden") == ["Sow the rye", "Cut the reeds"]


@pytest.mark.parametrize(
    "asked",
    [
        {"assignee": "me"},
        {"board": ["0", "-1", "x", "1" * 30, "²"]},
        {"place": "draft"},
        {"place": "attic"},
        {"golden": "no"},
        {"created": "tomorrow"},
        {"tag": ["", "#", "\u200b"]},
        {"q": "  \u200b "},
        {"sort": "colour"},
        {"unknown": "1"},
    ],
)
def test_what_means_nothing_is_let_be(app, asked):
    assert not read(**asked)
    assert read(**asked).query == {}


def test_it_is_read_again_from_its_own_address(app):
    asked = read(tag=["b", "a", "b"], assignee=["3", "nobody"], q="cut & dry", sort="oldest", golden="1")
    assert Filter.read(MultiDict(asked.query)) == asked
    assert urlencode(asked.query, doseq=True) == (
        "tag=b&tag=a&assignee=3&assignee=nobody&golden=1&q=cut+%26+dry&sort=oldest"
    )


def test_something_less_and_something_else(app):
    asked = read(tag=["a", "b"], golden="1")
    assert asked.without("tag", "a").query == {"tag": ["b"], "golden": ["1"]}
    assert asked.without("tag", "a").without("tag", "b").without("golden", "1") == Filter()
    assert asked.put("assignee", ["3"]).query == {"tag": ["a", "b"], "golden": ["1"], "assignee": ["3"]}


def test_no_address_asks_for_more_than_a_database_takes(found, cards, owner):
    many = [str(number) for number in range(1, 40_000)]
    assert len(read(board=many).asked["board"]) == 100
    assert found(q="x" * 100_000) == []
