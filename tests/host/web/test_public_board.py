"""A board that anybody may read who has its link."""

import pytest
from sqlalchemy import select

from host.db import db
from host.models import Board, Event, Publication, User
from host.models.card.place import HIDDEN
from host.web.boardview import FIRST
from tests.host.web.page import Page


@pytest.fixture
def public(board, owner):
    """The address of Ada's board for anybody."""
    board.change({"description": "All **corn**"}, by=owner)
    publication = board.publish(by=owner)
    db.session.commit()
    return f"/public/boards/{publication.key}"


@pytest.fixture
def passer_by(app):
    """passer_by("/public/…"): what somebody who never signed in is answered."""
    return lambda address: app.test_client().get(address)


@pytest.fixture
def full(board, owner, member):
    """A card with all that a card can have."""
    card = board.add_card("Cut the reeds", column=board.columns[0], by=owner, description="By *Sunday*, @ben-hollow")
    card.assign(member, owner)
    card.tag("garden")
    card.add_step("Whet the scythe", done=True)
    card.comment("Psst, between us", member)
    db.session.commit()
    return card


def test_a_link_is_made_shown_and_revoked(read, submit, client, board, passer_by):
    address = f"/boards/{board.id}/publication"
    submit(read(read(f"/boards/{board.id}/edit").one("a", href=address)["href"]), address)
    page = read(address)
    key = db.session.scalars(select(Publication.key)).one()
    url = page.one("a", href=f"http://localhost/public/boards/{key}")["href"]
    assert read(f"/boards/{board.id}").one("a", href=f"/public/boards/{key}")
    assert passer_by(url).status_code == 200
    submit(page, f"{address}/delete")
    assert "The link is revoked." in client.get(address).text
    assert passer_by(url).status_code == 404
    submit(read(address), address)
    assert db.session.scalars(select(Publication.key)).one() != key
    assert passer_by(url).status_code == 404
    kinds = db.session.scalars(select(Event.kind).where(Event.kind.like("%published")).order_by(Event.id)).all()
    assert kinds == ["board_published", "board_unpublished", "board_published"]


def test_to_publish_twice_keeps_the_link(board, owner):
    assert board.publish(by=owner) is board.publish(by=owner)


def test_anybody_reads_it_without_signing_in(public, full, passer_by, board):
    answer = passer_by(public)
    assert (answer.status_code, answer.headers["X-Robots-Tag"]) == (200, "noindex, nofollow")
    page = Page(answer.text)
    assert page.one("meta", name="robots")["content"] == "noindex, nofollow"
    assert "<strong>corn</strong>" in page.html
    for words in ("Not now 0", "Maybe? 0", "Writing 1", "Checking 0", "Done 0", "Cut the reeds", "garden", "1/1"):
        assert words in page.words
    assert page.forms == []
    assert "Set-Cookie" not in answer.headers


def test_a_card_of_it_says_what_is_public_and_no_more(public, full, passer_by):
    answer = passer_by(f"{public}/cards/{full.number}")
    assert (answer.status_code, answer.headers["Referrer-Policy"]) == (200, "same-origin")
    words = Page(answer.text).words
    for said in ("Cut the reeds", "By Sunday , @ben-hollow", "garden", "Whet the scythe", "Ben Hollow", "Ada Field"):
        assert said in words
    for page in (answer.text, passer_by(public).text):
        assert "Psst" not in page
        assert "example.org" not in page
        assert "comment" not in Page(page).words


def test_what_is_elsewhere_is_not_behind_it(public, passer_by, owner, board):
    other = Board.create("Second", by=owner).add_card("Secret")
    db.session.commit()
    for address in (f"cards/{other.number}", "cards/99", "columns/99", "columns/x"):
        answer = passer_by(f"{public}/{address}")
        assert (answer.status_code, "Secret" in answer.text) == (404, False)
    assert passer_by("/public/boards/x").status_code == 404
    assert passer_by("/public/boards/%00").status_code == 404


def test_it_is_hidden_while_the_board_lies_in_the_archive(public, full, passer_by, board, owner):
    board.archive(by=owner)
    db.session.commit()
    assert [passer_by(f"{public}{rest}").status_code for rest in ("", f"/cards/{full.number}")] == [404, 404]
    board.unarchive(by=owner)
    db.session.commit()
    assert passer_by(public).status_code == 200


def test_many_cards_are_read_page_by_page(public, passer_by, board):
    for number in range(FIRST + 5):
        board.add_card(f"Card {number}")
    db.session.commit()
    page = Page(passer_by(public).text)
    more = page.one("a", href=f"{public}/columns/maybe?after={FIRST}")["href"]
    assert len([each for each in page.all("article") if each["id"].startswith("card-")]) == FIRST
    further = Page(passer_by(more).text)
    assert len(further.all("article")) == 5
    assert Page(passer_by(f"{public}/columns/maybe?after=999").text).all("article") == []


def test_its_statements_do_not_grow_with_its_cards(public, passer_by, board, owner, member, statements):
    def cost():
        db.session.commit()
        with statements() as seen:
            assert passer_by(public).status_code == 200
        return len(seen)

    board.add_card("One").assign(owner, owner)
    few = cost()
    for number in range(30):
        card = board.add_card(f"Card {number}", column=board.columns[number % 2])
        card.assign(User.join(owner.account, name=f"P{number}", email=None), owner)
        card.tag(f"tag {number}")
        card.add_step("x")
    assert cost() == few


def test_words_are_shown_as_they_are(public, passer_by, board, owner):
    words = "<img src=x onerror=alert(1)> [x](javascript:alert(1))"
    card = board.add_card("<script>alert(1)</script>", description=words)
    db.session.commit()
    for address in (public, f"{public}/cards/{card.number}"):
        text = passer_by(address).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert 'href="javascript' not in text


def test_a_draft_and_what_was_deleted_are_nobodys_to_read(public, passer_by, board, owner):
    draft, gone = board.draft(owner), board.add_card("Gone for good")
    draft.rename("Half a thought", owner)
    gone.remove(owner)
    db.session.commit()
    assert {draft.place, gone.place} == {*HIDDEN}
    page = passer_by(public).text
    for card in (draft, gone):
        assert card.title not in page
        assert passer_by(f"{public}/cards/{card.number}").status_code == 404


def test_what_was_done_last_comes_first(public, passer_by, board, owner, travel):
    first, second = (board.add_card(title, by=owner) for title in ("First", "Second"))
    for card in (first, second):
        travel(hours=1)
        card.close(owner)
    travel(hours=1)
    first.comment("Well done", owner)
    db.session.commit()
    done = Page(passer_by(public).text).said["col-done"]
    assert done.index("Second") < done.index("First")
