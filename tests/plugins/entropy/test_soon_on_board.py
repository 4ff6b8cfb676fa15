"""How many cards of a board rest soon: in the heads of its columns, and as a way to see only them."""

import pytest

from host import Board, Place, db
from plugins.entropy import soon_on_board
from plugins.entropy.models import BoardEntropy
from plugins.entropy.stay import stay

HTMX = {"HX-Request": "true"}


@pytest.fixture
def columns(board, aged):
    """Old and young cards in Maybe? and in Writing."""
    writing = board.columns[0]
    aged(board, days=1)
    aged(board, 2, days=29)
    aged(board, days=2, column=writing)
    aged(board, 3, days=25, column=writing)
    return writing


def test_each_column_has_its_own_count(board, columns):
    assert soon_on_board.of_board(board).counts == {Place.MAYBE: 2, columns.id: 3}


def test_another_board_is_not_counted(board, other_board, aged):
    aged(other_board, days=29)
    assert soon_on_board.of_board(board).counts == {}


def test_what_stays_or_never_rests_is_not_counted(board, owner, aged):
    stay(aged(board, days=29), owner)
    assert soon_on_board.of_board(board).counts == {}
    aged(board, days=29)
    BoardEntropy.choose(board, None)
    assert soon_on_board.of_board(board).counts == {}


def test_it_takes_two_statements_and_the_index(board, columns, statements, plan):
    db.session.refresh(board)
    with statements() as seen:
        soon_on_board.of_board(board)
    assert len(seen) == 2
    assert "ix_card_awake" in plan(*seen[1])


class TestPage:
    pytestmark = pytest.mark.sqlite_only("a page is the same on either database; what lies below is tested on both")

    @pytest.fixture
    def page(self, client, board):
        """`page("?…")`: the board's page as Ada gets it."""
        return lambda query="", **headers: client.get(f"/boards/{board.id}{query}", headers=headers).text

    def test_a_column_says_it_in_words_too(self, columns, page):
        html = page()
        assert 'title="3 cards rest soon"' in html
        assert '<span class="vh">(3 cards rest soon)</span>' in html

    def test_the_bar_leads_to_them_and_back(self, board, columns, page):
        html = page()
        assert f'id="only-soon" href="/boards/{board.id}?postponing_soon=1">' in html
        html = page("?postponing_soon=1")
        assert f'id="only-soon" href="/boards/{board.id}" aria-current="true"' in html

    def test_without_any_there_is_no_way_to_them_but_one_back(self, board, aged, page):
        aged(board, days=1)
        assert "only-soon" not in page()
        assert "only-soon" in page("?postponing_soon=1")

    def test_the_board_shows_only_them(self, columns, page):
        html = page("?postponing_soon=1")
        assert html.count('class="card"') == 5
        assert 'col-maybe"' in html
        assert html.count("No such card here.") == 3
        assert page("?postponing_soon=0").count('class="card"') == 2

    def test_every_way_on_stays_among_them(self, client, board, aged, page):
        aged(board, 26, days=29)
        aged(board, 35, days=1)
        html = page("?postponing_soon=1")
        more = f"/boards/{board.id}/columns/maybe/cards?after=16&amp;postponing_soon=1"
        assert more in html
        assert client.get(more.replace("&amp;", "&")).text.count('class="card"') == 10
        assert f'action="/boards/{board.id}/folds/not_now?postponing_soon=1"' in html

    def test_folding_without_scripts_comes_back_to_them(self, client, board, columns):
        answer = client.post(f"/boards/{board.id}/folds/{columns.id}?postponing_soon=1", data={"folded": "1"})
        assert answer.location == f"/boards/{board.id}?postponing_soon=1"

    def test_a_change_draws_what_the_board_on_the_screen_shows(self, client, board, owner, columns):
        card = board.add_card("Fresh", by=owner, column=columns)
        db.session.commit()
        shown = {**HTMX, "HX-Current-URL": f"http://localhost/boards/{board.id}?postponing_soon=1"}
        html = client.post(f"/cards/{card.number}/keeping", headers=shown).text
        assert html.count('class="card"') == 3
        assert 'id="board-menu" hx-swap-oob="true"' in html
        assert f'id="only-soon" href="/boards/{board.id}" aria-current="true"' in html
        html = client.post(f"/cards/{card.number}/keeping", headers=HTMX).text
        assert html.count('class="card"') == 5

    def test_other_words_in_the_address_change_nothing(self, columns, page):
        assert page("?word=1&add=").count('class="card"') == 7

    def test_a_board_of_another_is_not_there(self, client, member):
        hidden = Board.create("Bens own", by=member, all_access=False)
        db.session.commit()
        assert client.get(f"/boards/{hidden.id}?postponing_soon=1").status_code == 404
