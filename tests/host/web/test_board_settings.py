"""A board's settings: its name, description and colour, who sees it, and its end."""

import pytest
from sqlalchemy import func, select

from host.db import db
from host.models import Access, Board, Card, Event, User
from tests.host.web.page import Page

NO_NAMES = ["", " \n ", "x" * 121, "\x00"]


@pytest.fixture
def address(board):
    return f"/boards/{board.id}"


@pytest.fixture
def log(board):
    """log(): the kinds of what happened to the board, and with whom."""

    def kinds():
        found = select(Event.kind, Event.particulars).where(Event.board_id == board.id).order_by(Event.id)
        return [(kind, more.get("user_ids")) for kind, more in db.session.execute(found)][1:]

    return kinds


def sees(board):
    return {person.name for person in board.people}


def ticked(page):
    return {int(each["value"]) for each in page.all("input", name="people") if "checked" in each}


def test_a_board_is_named_described_and_coloured(read, submit, board, address):
    assert read(address).one("a", href=f"{address}/edit")
    page = read(f"{address}/edit")
    assert page.form(address).values | {"people": ""} == {
        "csrf_token": page.form(address).values["csrf_token"],
        "was": board.words_version,
        "name": "Launch",
        "description": "",
        "hue": "moss",
        "access": "all",
        "people": "",
    }
    answer = submit(page, address, name=" Har vest ", description="All **corn**\r\nis in.", hue="straw")
    assert answer.headers["Location"] == address
    shown = read(address)
    assert "Saved." in shown.said["toasts"]
    assert "<strong>corn</strong><br>" in shown.html
    assert (board.name, board.description, board.hue) == ("Har vest", "All **corn**\nis in.", "straw")
    event = db.session.scalars(select(Event).filter_by(kind="board_changed")).one()
    assert event.particulars == {"changed": ["description", "hue", "name"], "old_name": "Launch", "old_hue": "moss"}


def test_what_stays_as_it_is_is_no_news(read, submit, address, log):
    submit(read(f"{address}/edit"), address)
    assert log() == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        *(({"name": name}, "name") for name in NO_NAMES),
        ({"hue": "red;"}, "hue"),
        ({"description": "x" * 10_001}, "description"),
        ({"access": "none"}, "access"),
        ({"access": "some", "people": ["x"]}, "people"),
    ],
)
def test_what_is_refused_comes_back_with_what_was_typed(read, submit, board, address, log, typed, field):
    answer = submit(read(f"{address}/edit"), address, **{"name": "Harvest", "description": "Corn", **typed})
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.said[f"f-{field}-errors"]
    wanted = {"name": "Harvest", "description": "Corn", **typed}
    assert page.form(address).values["description"] == wanted["description"]
    assert page.one("input", id="f-name")["value"] == wanted["name"]
    db.session.expire_all()
    assert (board.name, board.description, log()) == ("Launch", "", [])


def test_only_some_see_it_and_the_list_is_complete(read, submit, board, address, log, account, owner, member):
    cleo = User.join(account, name="Cleo", email=None)
    db.session.commit()
    page = read(f"{address}/edit")
    assert ticked(page) == {owner.id, member.id, cleo.id}
    submit(page, address, access="some", people=[owner.id, member.id])
    assert (sees(board), board.all_access) == ({owner.name, member.name}, False)
    assert ticked(read(f"{address}/edit")) == {owner.id, member.id}
    submit(read(f"{address}/edit"), address, access="some", people=[owner.id, cleo.id])
    assert sees(board) == {owner.name, cleo.name}
    assert log() == [
        ("access_revoked", [cleo.id]),
        ("access_granted", [cleo.id]),
        ("access_revoked", [member.id]),
    ]


def test_all_see_it_again_and_newcomers_too(read, submit, board, address, account, owner, member):
    board.open_to([owner], by=owner)
    db.session.commit()
    submit(read(f"{address}/edit"), address, access="all", people=[owner.id])
    assert sees(board) == {owner.name, member.name}
    User.join(account, name="Cleo", email=None)
    assert "Cleo" in sees(board)


def test_to_be_no_longer_for_all_takes_it_from_nobody(board, account, member):
    board.close()
    User.join(account, name="Cleo", email=None)
    assert sees(board) == {"Ada Field", member.name}


def test_somebody_must_see_it(read, submit, board, address, owner):
    answer = submit(read(f"{address}/edit"), address, access="some", people=[])
    assert answer.status_code == 422
    assert Page(answer.text).said["f-people-errors"] == "Somebody must see the board."
    db.session.expire_all()
    assert (board.all_access, sees(board)) == (True, {owner.name})


def test_a_list_with_a_stranger_or_somebody_gone_changes_nothing(client, board, address, owner, member, stranger):
    member.deactivate()
    db.session.commit()
    for other in (stranger.id, member.id, account_system(owner), 2**62):
        data = {"name": "x", "access": "some", "people": [owner.id, other]}
        assert client.post(address, data=data).status_code == 404
    db.session.expire_all()
    assert (board.name, board.all_access) == ("Launch", True)


def account_system(owner):
    return owner.account.system.id


def test_who_leaves_themself_out_goes_home(read, submit, client, board, address, member):
    answer = submit(read(f"{address}/edit"), address, access="some", people=[member.id])
    assert answer.headers["Location"] == "/"
    assert client.get(address).status_code == 404
    assert sees(board) == {member.name}


def test_before_a_board_goes_one_reads_what_goes(read, submit, client, board, address, owner, member):
    board.add_card("a").comment("Hm", owner)
    board.add_card("b")
    other = Board.create("Second", by=owner)
    other.add_card("c")
    db.session.commit()
    page = read(read(f"{address}/edit").one("a", href=f"{address}/deletion")["href"])
    assert "2 cards, wherever they lie" in page.words
    assert "1 comment 2 columns" in page.words
    answer = submit(page, f"{address}/deletion")
    assert answer.headers["Location"] == "/boards"
    assert "Launch is gone, with all its cards." in client.get("/boards").text
    assert client.get(address).status_code == 404
    assert db.session.scalars(select(Card.title)).all() == ["c"]
    assert db.session.scalar(select(func.count()).select_from(Access)) == 2
    event = db.session.scalars(select(Event).filter_by(kind="board_deleted")).one()
    assert (event.particulars["name"], event.creator, event.board_id) == ("Launch", owner, None)
