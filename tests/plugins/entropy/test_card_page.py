"""The foot of a card's page: when it rests, and a way to keep it."""

import pytest

from host import db
from plugins.entropy.models import AccountEntropy, BoardEntropy

from .conftest import DAY

pytestmark = pytest.mark.sqlite_only("a page is the same on either database; what lies below is tested on both")


@pytest.fixture
def page(client):
    """`page(card)`: its page as Ada gets it."""
    return lambda card: client.get(f"/cards/{card.number}").text


def test_it_says_when_the_card_rests_and_how_to_prevent_it(board, aged, page):
    html = page(aged(board, days=24.2))
    assert 'class="life" id="life" data-stage="dry"' in html
    assert "<strong" in html
    assert "Rests in " in html
    assert "unless someone touches it." in html
    assert "24 of 30 days gone by. A comment, a move or Keep starts the clock again." in html


def test_a_card_that_is_due_says_so(board, aged, page):
    assert "Rests at the next sweep" in page(aged(board, days=31))


def test_keep_starts_the_clock_again(client, board, aged, page):
    card = aged(board, days=29)
    answer = client.post(f"/cards/{card.number}/keeping")
    assert (answer.status_code, answer.location) == (303, f"/cards/{card.number}")
    assert "0 of 30 days gone by" in page(card)


def test_a_card_that_is_done_has_no_foot(board, owner, aged, page):
    card = aged(board, days=29)
    card.close(owner)
    assert 'id="life"' not in page(card)


def test_a_card_that_never_rests_has_no_foot_and_gold_says_why(account, board, other_board, owner, aged, page):
    BoardEntropy.choose(board, None)
    assert 'id="life"' not in page(aged(board, days=29))
    AccountEntropy.choose(account, 30 * DAY, golden_stays=True)
    golden = aged(other_board, days=29)
    assert 'id="life"' in page(golden)
    golden.gild(owner)
    db.session.commit()
    assert "Stays awake while it is golden" in page(golden)
    assert "Keep" not in page(golden)


def test_a_short_period_is_said_in_its_own_unit(board, aged, page):
    BoardEntropy.choose(board, 36 * 3600)
    assert "20 of 36 hours gone by" in page(aged(board, hours=20.5))
