"""Saved views: kept from the page, found in the list of boards, changed and removed."""

import pytest

from host.db import db
from host.models import SavedView, Tag

pytestmark = pytest.mark.sqlite_only("a page is the same on either database; views are tested on both")


@pytest.fixture
def view(board, owner):
    """A board's columns, narrowed to a tag."""
    board.add_card("Plum pie", by=owner).tag("garden")
    board.add_card("Apple pie", by=owner)
    view = SavedView.keep(owner, "Weeding", {"board": [str(board.id)], "tag": ["garden"]}, columned=True)
    db.session.commit()
    return view


@pytest.fixture
def opened(client):
    """`opened(view)`: the page that it leads to, and its address."""

    def follow(view):
        answer = client.get(f"/views/{view.id}", follow_redirects=True)
        assert answer.status_code == 200
        return answer.request.full_path, answer.text

    return follow


def test_what_a_page_asks_for_is_kept_and_found_in_the_list_of_boards(read, submit, opened, board, owner):
    board.add_card("Plum pie", by=owner).tag("garden")
    db.session.commit()
    page = read(f"/boards/{board.id}?tag=garden&sort=oldest")
    answer = submit(page, "/views", name="Weeding")
    kept = db.session.scalars(db.select(SavedView)).one()
    assert answer.headers["Location"] == f"/boards/{board.id}?view={kept.id}&tag=garden&sort=oldest"
    assert "Weeding" in read("/boards").said["switcher"]
    address, html = opened(kept)
    assert address == answer.headers["Location"]
    assert "Plum pie" in html


def test_on_all_cards_too(read, submit, board):
    submit(read(f"/cards?board={board.id}&golden=1"), "/views", name="Gold")
    kept = db.session.scalars(db.select(SavedView)).one()
    assert (kept.asked, kept.columned) == ({"board": [str(board.id)], "golden": ["1"]}, False)


def test_a_refused_name_keeps_what_was_typed_and_asked_for(read, submit, view, board):
    answer = submit(read(f"/boards/{board.id}?tag=water"), "/views", name="Weeding")
    assert answer.status_code == 422
    assert "You have a view of this name." in answer.text
    assert 'value="Weeding"' in answer.text
    assert 'value="tag=water"' in answer.text


def test_it_is_replaced_by_what_the_page_asks_for_now(read, submit, view, board):
    plain = read(f"/boards/{board.id}?tag=garden&view={view.id}")
    assert "Replace" not in plain.said["filtered"]
    page = read(f"/boards/{board.id}?tag=garden&golden=1&view={view.id}")
    submit(page, f"/views/{view.id}/filter")
    db.session.refresh(view)
    assert view.asked == {"board": [str(board.id)], "tag": ["garden"], "golden": ["1"]}


def test_it_is_renamed_and_removed(client, read, submit, view):
    address = f"/views/{view.id}"
    page = read(f"{address}/edit")
    assert submit(page, address, name="").status_code == 422
    submit(page, address, name="<b>Harvest")
    assert "<b>Harvest" in read("/boards").said["switcher"]
    answer = submit(page, f"{address}/delete")
    assert "view=" not in answer.headers["Location"]
    assert client.get(address).status_code == 404


def test_one_whose_tag_is_gone_still_works_and_says_so(opened, view, board):
    db.session.execute(db.delete(Tag))
    db.session.commit()
    address, html = opened(view)
    assert address.startswith(f"/boards/{board.id}?")
    assert "There is no tag “garden” any more" in html
    assert "Plum pie" not in html


def test_one_whose_board_is_gone_still_works_and_says_so(opened, view, board, owner):
    board.delete(by=owner)
    db.session.commit()
    address, html = opened(view)
    assert address.startswith("/cards?")
    assert "A board that this asks for is gone" in html


def test_one_whose_board_is_not_to_be_seen_any_more_tells_nothing_of_it(opened, view, board, owner, member):
    board.revoke([owner], by=member)
    db.session.commit()
    _address, html = opened(view)
    assert "A board that this asks for is gone" in html
    assert "Launch" not in html


@pytest.mark.parametrize("way", ["", "/filter", "/delete"])
def test_anothers_is_not_found(client, view, browser, member, way):
    theirs = browser(member)
    assert theirs.post(f"/views/{view.id}{way}", data={"name": "x"}).status_code == 404
    assert theirs.get(f"/views/{view.id}").status_code == 404
    assert "Weeding" not in theirs.get(f"/cards?golden=1&view={view.id}").text


@pytest.mark.parametrize("named", ["x", "9" * 30, "4711", "²"])
def test_an_address_may_name_a_view_that_is_none(read, board, named):
    read(f"/boards/{board.id}?golden=1&view={named}")


@pytest.mark.parametrize("typed", ["x", "4711", "9" * 30])
def test_a_board_that_is_none_is_not_kept(client, board, typed):
    answer = client.post("/views", data={"name": "x", "query": "tag=a", "board": typed})
    assert answer.status_code in (303, 404)
    assert not db.session.scalars(db.select(SavedView.columned)).first()
