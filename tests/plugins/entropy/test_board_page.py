"""What stands on a board: the banner above it and the ring on each card."""

import pytest

from host import Board, Place, db
from plugins.entropy import badges, soon_on_board
from plugins.entropy.models import AccountEntropy, BoardEntropy
from plugins.entropy.stay import stay

from .conftest import DAY


@pytest.fixture
def page(client, board):
    """`page()`: the board's page as Ada gets it."""
    return lambda: client.get(f"/boards/{board.id}").text


def test_the_banner_names_what_rests_soon_the_next_to_rest_first(board, aged, page):
    young, old = aged(board, days=23), aged(board, days=29)
    aged(board, days=22)
    html = page()
    assert "2 cards will rest soon" in html
    assert html.index(f"resting-{old.number}") < html.index(f"resting-{young.number}")
    assert f"{old.number} · rests" in html


def test_one_card_is_said_as_one(board, aged, page):
    aged(board, days=29)
    assert "One card will rest soon" in page()


def test_the_banner_shows_five_and_counts_all(board, aged, page):
    aged(board, 7, days=29)
    html = page()
    assert html.count('id="resting-') == 5 + 1  # and the heading
    assert "7 cards will rest soon" in html
    assert "These come first." in html


def test_what_is_due_says_that_the_next_sweep_takes_it(board, aged, page):
    card = aged(board, days=31)
    assert f"{card.number} · rests at the next sweep" in page()


def test_there_is_no_banner_when_nothing_rests_soon(board, aged, page):
    aged(board, days=10)
    assert "will rest soon" not in page()
    BoardEntropy.choose(board, None)
    aged(board, days=1000)
    assert "will rest soon" not in page()


def test_the_titles_are_escaped(board, aged, page):
    aged(board, days=29).title = "<b>Bold</b>"
    html = page()
    assert "<b>Bold</b>" not in html
    assert "&lt;b&gt;Bold&lt;/b&gt;" in html


def test_keep_works_from_the_banner_without_scripts(client, board, aged, page):
    card = aged(board, days=29)
    answer = client.post(f"/cards/{card.number}/keeping", data={"back": f"/boards/{board.id}"})
    assert (answer.status_code, answer.location) == (303, f"/boards/{board.id}")
    assert "will rest soon" not in page()


def test_a_card_wears_its_ring_and_words(board, aged, page):
    aged(board, days=24.5)
    html = page()
    assert 'class="rest" data-stage="dry" data-soon' in html
    assert 'stroke-dasharray="81 100"' in html
    assert ">rests in " in html


def test_a_fresh_card_keeps_its_words_for_those_who_look(board, aged, page):
    aged(board, days=1)
    assert 'class="rest" data-stage="fresh" title=' in page()


def test_only_cards_whose_clock_runs_have_a_ring(board, owner, aged):
    closed, resting, draft, awake = aged(board, 4, days=1)
    closed.close(owner)
    resting.postpone(owner)
    draft.place = Place.DRAFT
    signs = badges.for_cards([closed, resting, draft, awake])
    assert [card_id for card_id, (sign,) in signs.items() if sign.template == "entropy/ring.html"] == [awake.id]


def test_there_is_no_ring_where_cards_never_rest(board, aged):
    BoardEntropy.choose(board, None)
    assert badges.for_cards([aged(board, days=1)]) == {}


def test_golden_cards_that_stay_have_no_ring(account, board, owner, aged):
    golden, plain = aged(board, 2, days=29)
    golden.gild(owner)
    db.session.commit()
    assert len(badges.for_cards([golden, plain])) == 2
    AccountEntropy.choose(account, 30 * DAY, golden_stays=True)
    assert [*badges.for_cards([golden, plain])] == [plain.id]


def test_each_card_goes_by_the_clock_of_its_own_board(board, other_board, aged):
    BoardEntropy.choose(other_board, 90 * DAY)
    cards = aged(board, days=15), aged(other_board, days=15)
    percents = {card_id: badge.context["percent"] for card_id, (badge,) in badges.for_cards(cards).items()}
    assert percents == {cards[0].id: 50, cards[1].id: 16}


def test_no_cards_are_no_trouble(app):
    assert badges.for_cards([]) == {}


@pytest.mark.parametrize("boards", [1, 6])
def test_signs_take_two_statements_however_many_cards_and_boards(account, owner, boards, aged, statements):
    AccountEntropy.choose(account, 30 * DAY, golden_stays=True)
    cards = [card for number in range(boards) for card in aged(Board.create(f"{number}", by=owner), 6, days=29)]
    for number, card in enumerate(cards):
        if number % 6 == 0:
            card.postpone(owner)
        if number % 6 == 1:
            stay(card, owner)
    db.session.flush()
    for card in cards:
        db.session.refresh(card)
    with statements() as seen:
        assert len(badges.for_cards(cards)) == len(cards)
    assert len(seen) == 2


def test_the_banner_counts_every_column_though_it_names_only_some(board, aged):
    old, writing = aged(board, 7, days=29), board.columns[0]
    aged(board, 2, days=25, column=writing)
    soon = soon_on_board.of_board(board)
    assert soon.counts == {Place.MAYBE: 7, writing.id: 2}
    assert [number for number, _title, _life in soon.first] == [card.number for card in old[:5]]
