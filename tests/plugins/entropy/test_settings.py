"""The panels in the settings: what they show, who may use them, what they refuse."""

import pytest

from host import Account, Board, db
from host.testing import sign_in
from plugins.entropy import period
from plugins.entropy.models import AccountEntropy, BoardEntropy
from plugins.entropy.period import Period, Source

from .conftest import DAY

SPACE = "/settings/plugin/entropy/entropy"

pytestmark = pytest.mark.sqlite_only("a panel is the same on either database; what lies below is tested on both")


@pytest.fixture
def boards_panel(board):
    return f"/boards/{board.id}/settings/entropy/entropy"


@pytest.fixture
def bens(anonymous, member):
    """A browser in which Ben, who is no admin, is signed in."""
    sign_in(anonymous, member)
    return anonymous


def test_the_space_panel_marks_the_period_that_holds(client, account):
    assert 'value="30" checked' in client.get(SPACE).text
    AccountEntropy.choose(account, 7 * DAY)
    html = client.get(SPACE).text
    assert 'value="7" checked' in html
    assert html.count(" checked>") == 1


def test_a_preset_is_saved_and_golden_with_it(client, account):
    answer = client.post(SPACE, data={"period": "14", "amount": "30", "unit": "days", "golden_stays": "1"})
    assert (answer.status_code, answer.location) == (303, SPACE)
    assert period.of_account(account) == Period(14 * DAY, Source.ACCOUNT, golden_stays=True)
    client.post(SPACE, data={"period": "14"})
    db.session.expire_all()
    assert not period.of_account(account).golden_stays


def test_a_minute_can_be_chosen(client, account):
    client.post(SPACE, data={"period": "custom", "amount": "1", "unit": "minutes"})
    assert period.of_account(account).seconds == 60
    html = client.get(SPACE).text
    assert 'value="custom" checked' in html
    assert 'value="minutes" selected' in html
    assert "Second 30" in html  # the trail


def test_never_has_no_trail(client, account):
    assert "Rests in Not now." in client.get(SPACE).text
    client.post(SPACE, data={"period": "never"})
    html = client.get(SPACE).text
    assert 'value="never" checked' in html
    assert "Rests in Not now." not in html


@pytest.mark.parametrize("amount", ["0", "-3", "1.5", "99999", "soon", ""])
def test_a_bad_amount_stands_beside_its_field_and_nothing_is_stored(client, account, amount):
    answer = client.post(SPACE, data={"period": "custom", "amount": amount, "unit": "days"})
    assert answer.status_code == 422
    assert 'id="f-amount-errors"' in answer.text
    assert 'value="custom" checked' in answer.text
    assert f'name="amount" min="1" step="1" value="{amount}" aria-invalid="true"' in answer.text
    assert period.of_account(account).source is Source.DEFAULT


def test_the_panel_says_what_the_next_sweep_does(client, board, other_board, aged):
    assert "Nothing rests at the next sweep." in client.get(SPACE).text
    aged(board, 2, days=31)
    aged(other_board, days=31)
    assert "The next sweep rests 3 cards on 2 boards." in client.get(SPACE).text


def test_a_boards_panel_speaks_of_that_board(client, board, other_board, aged, boards_panel):
    aged(board, days=31)
    aged(other_board, days=31)
    assert "The next sweep rests 1 card on 1 board." in client.get(boards_panel).text


def test_a_board_follows_until_it_chooses_and_may_follow_again(client, account, board, boards_panel):
    AccountEntropy.choose(account, 60 * DAY)
    html = client.get(boards_panel).text
    assert 'value="default" checked' in html
    assert "Like the space: 60 days" in html
    client.post(boards_panel, data={"period": "7"})
    assert period.of_board(board) == Period(7 * DAY, Source.BOARD)
    assert 'value="7" checked' in client.get(boards_panel).text
    client.post(boards_panel, data={"period": "never"})
    assert period.of_board(board).seconds is None
    client.post(boards_panel, data={"period": "default"})
    assert period.of_board(board) == Period(60 * DAY, Source.ACCOUNT)


def test_boards_with_their_own_clock_are_listed_with_what_became_of_their_cards(
    client, board, other_board, aged, owner, travel
):
    from plugins.entropy import sweep

    BoardEntropy.choose(board, 14 * DAY)
    aged(board, 2, days=15)
    sweep.run()
    aged(board, days=1).postpone(owner)  # by hand, which is not counted
    aged(board, 3, days=1)
    html = client.get(SPACE).text
    row = html[html.index('<th scope="row">') : html.index("</tr>", html.index('<th scope="row">'))]
    assert ">Launch<" in row
    assert "<td>14 days</td>" in row
    assert '<td class="to-end num">3</td><td class="to-end num">2</td>' in row
    assert html.count('<th scope="row">') == 1
    assert "1 board follows the default: 30 days." in html
    assert f'href="/boards/{other_board.id}/settings/entropy/entropy">Garden<' in html
    travel(days=8)
    assert '<td class="to-end num">3</td><td class="to-end num">–</td>' in client.get(SPACE).text


def test_use_default_lets_a_board_follow_again(client, board):
    BoardEntropy.choose(board, 14 * DAY)
    assert f'action="/entropy/boards/{board.id}/period/delete"' in client.get(SPACE).text
    answer = client.post(f"/entropy/boards/{board.id}/period/delete")
    assert (answer.status_code, answer.location) == (303, SPACE)
    db.session.expire_all()
    assert period.of_board(board).source is Source.DEFAULT


def test_boards_that_the_admin_does_not_see_are_not_named(client, member):
    hidden = Board.create("Bens own", by=member, all_access=False)
    BoardEntropy.choose(hidden, 14 * DAY)
    assert "Bens own" not in client.get(SPACE).text
    assert client.post(f"/entropy/boards/{hidden.id}/period/delete").status_code == 404
    assert period.of_board(hidden).source is Source.BOARD


def test_who_is_no_admin_changes_neither_space_nor_board(bens, account, board, boards_panel):
    for address in (SPACE, boards_panel):
        assert bens.get(address).status_code == 403
        assert bens.post(address, data={"period": "7"}).status_code == 403
    assert bens.post(f"/entropy/boards/{board.id}/period/delete").status_code == 403
    assert period.of_board(board).source is Source.DEFAULT


def test_a_boards_creator_chooses_for_it(bens, member):
    own = Board.create("Bens own", by=member)
    assert bens.post(f"/boards/{own.id}/settings/entropy/entropy", data={"period": "7"}).status_code == 303
    assert period.of_board(own).seconds == 7 * DAY
    assert bens.post(f"/entropy/boards/{own.id}/period/delete").status_code == 303
    assert period.of_board(own).source is Source.DEFAULT


@pytest.fixture
def first_run(anonymous):
    """A browser in which the first-run page is open."""
    with anonymous.session_transaction() as session:
        session["may_welcome"] = True
    return anonymous


ANSWERS = {
    "name": "Juniper Row",
    "person": "Ines",
    "email": "ines@example.org",
    "password": "a long password",
    "start": "empty",
}


def test_the_first_run_page_asks_for_the_period(first_run):
    html = first_run.get("/welcome").text
    assert "Let untouched cards rest after" in html
    assert 'name="period" value="30" checked' in html
    assert first_run.post("/welcome", data={**ANSWERS, "period": "14"}).status_code == 303
    assert period.of_account(db.session.scalars(db.select(Account)).one()) == Period(14 * DAY, Source.ACCOUNT)


def test_a_bad_answer_on_the_first_run_page_is_named_and_makes_no_space(first_run):
    answer = first_run.post("/welcome", data={**ANSWERS, "period": "soon"})
    assert answer.status_code == 422
    assert 'id="f-period-errors"' in answer.text
    assert db.session.scalars(db.select(Account)).all() == []
