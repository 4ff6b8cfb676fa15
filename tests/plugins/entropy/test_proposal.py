"""What a choice would do is shown before it is saved, and nothing of it is stored."""

import pytest

from host import Board, db
from host.testing import sign_in
from plugins.entropy import period
from plugins.entropy.models import AccountEntropy, BoardEntropy
from plugins.entropy.period import Source
from plugins.entropy.stay import stay

from .conftest import DAY

SPACE = "/settings/plugin/entropy/entropy"
NOTHING = "With this, nothing would rest at the next sweep."

pytestmark = pytest.mark.sqlite_only("a page is the same on either database; what lies below is tested on both")


@pytest.fixture
def space(client):
    """`space("?period=7")`: the panel of the space."""
    return lambda query="": client.get(SPACE + query).text


@pytest.fixture
def panel(client, board):
    """`panel("?period=7")`: the panel of Ada's board."""
    return lambda query="": client.get(f"/boards/{board.id}/settings/entropy/entropy{query}").text


def test_the_space_says_what_a_shorter_period_would_rest(space, account, board, other_board, aged):
    aged(board, 3, days=8)
    aged(other_board, 2, days=8)
    assert "Nothing rests at the next sweep." in space()
    html = space("?period=7")
    assert "With this, the next sweep would rest 5 cards on 2 boards." in html
    assert 'value="7" checked' in html
    assert "Day 7" in html
    assert NOTHING in space("?period=14")
    assert NOTHING in space("?period=never")
    assert period.of_account(account).source is Source.DEFAULT


def test_boards_with_their_own_clock_keep_it(space, board, other_board, aged):
    BoardEntropy.choose(board, 14 * DAY)
    aged(board, 3, days=8)
    aged(board, days=15)
    aged(other_board, 2, days=8)
    assert "would rest 3 cards on 2 boards." in space("?period=7")


def test_gold_counts_as_it_would(space, owner, board, aged):
    golden, kept, _plain = aged(board, 3, days=40)
    golden.gild(owner)
    stay(kept, owner)
    db.session.commit()
    assert "would rest 2 cards on 1 board." in space("?period=30")
    assert "would rest 1 card on 1 board." in space("?period=30&golden_stays=1")


def test_a_board_says_what_its_own_would_rest(panel, space, board, other_board, aged):
    aged(board, 3, days=8)
    aged(other_board, 2, days=8)
    assert "With this, the next sweep would rest 3 cards on 1 board." in panel("?period=7")
    assert "With this, the next sweep would rest 3 cards on 1 board." in panel("?period=custom&amount=1&unit=hours")


def test_a_board_may_consider_to_follow_again(panel, account, board, aged):
    AccountEntropy.choose(account, 7 * DAY)
    BoardEntropy.choose(board, 90 * DAY)
    aged(board, 3, days=8)
    html = panel("?period=default")
    assert "would rest 3 cards on 1 board." in html
    assert 'value="default" checked' in html
    assert "Day 7" in html
    assert period.of_board(board).source is Source.BOARD


@pytest.mark.parametrize("amount", ["0", "-3", "1.5", "99999", "soon", "", "9" * 5000])
def test_a_bad_amount_is_named_and_has_no_effect(space, amount):
    html = space(f"?period=custom&amount={amount}&unit=days")
    assert 'id="f-amount-errors"' in html
    assert f'value="{amount}"' in html
    assert "next sweep" not in html
    assert "Rests in Not now." not in html


@pytest.mark.parametrize("query", ["?period=soon", "?period=", "?period=7&golden_stays=perhaps", "?period=default"])
def test_what_cannot_be_chosen_is_no_trouble(space, query):
    assert 'role="status"' in space(query)


def test_without_scripts_a_button_shows_it(client, board, account, aged):
    aged(board, 3, days=8)
    chosen = {"period": "7", "amount": "30", "unit": "days", "golden_stays": "1"}
    answer = client.post("/entropy/effect", data=chosen)
    assert (answer.status_code, answer.location) == (303, f"{SPACE}?period=7&amount=30&unit=days&golden_stays=1")
    html = client.get(answer.location).text
    assert "would rest 3 cards" in html
    assert 'name="golden_stays" value="1" checked' in html
    answer = client.post(f"/entropy/boards/{board.id}/effect", data={"period": "7"})
    assert "would rest 3 cards" in client.get(answer.location).text
    assert period.of_account(account).source is Source.DEFAULT


def test_who_may_not_choose_may_not_ask(anonymous, board, member):
    sign_in(anonymous, member)
    hidden = Board.create("Closed", by=board.creator, all_access=False)
    db.session.commit()
    assert anonymous.get(f"{SPACE}?period=7").status_code == 403
    assert anonymous.get(f"/boards/{board.id}/settings/entropy/entropy?period=7").status_code == 403
    assert anonymous.get(f"/boards/{hidden.id}/settings/entropy/entropy?period=7").status_code == 404


def test_what_was_refused_stays_in_the_form(client):
    answer = client.post(f"{SPACE}?period=7", data={"period": "custom", "amount": "0", "unit": "hours"})
    assert answer.status_code == 422
    assert 'value="custom" checked' in answer.text
    assert 'value="hours" selected' in answer.text


def test_custom_is_said_once(space, panel):
    for html in (space(), panel()):
        assert html.count("Custom") == 1


def test_of_a_board_that_one_may_not_know_of_nothing_is_considered(client, member):
    closed = Board.create("Closed", by=member, all_access=False)
    db.session.commit()
    for board_id in (closed.id, 4711):
        assert client.post(f"/entropy/boards/{board_id}/effect", data={"period": "7"}).status_code == 404
