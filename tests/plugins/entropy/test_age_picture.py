"""The age of a board as a picture: bars that add up, words for who does not see them."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from host import db
from host.testing import sign_in
from plugins.entropy import age
from plugins.entropy.age_picture import AWAKE, DEPTH, GROUND, AgePicture
from plugins.entropy.models import BoardEntropy

TODAY = date(2026, 11, 22)
FULL = Counter(fresh=5, growing=2, turning=1, dry=1, due=1, resting=40)


def picture(**days):
    """`picture(ago3=Counter(fresh=1))`: with these counts so many days ago."""
    return AgePicture({TODAY - timedelta(days=int(ago[3:])): counts for ago, counts in days.items()}, TODAY)


def test_a_bar_stands_on_the_ground_and_adds_up():
    (fresh,), (growing,), (turning,), (dry,), (due,) = (picture(ago0=FULL).pieces(stage) for stage in AWAKE)
    bar = [due, dry, turning, growing, fresh]
    assert bar[0].y + bar[0].height == GROUND
    assert bar[-1].y == 0
    for lower, upper in pairwise(bar):
        assert upper.y + upper.height == pytest.approx(lower.y)
    assert fresh.height == 50


def test_what_rests_lies_below_it_by_a_scale_of_its_own():
    drawn = picture(ago1=FULL, ago0=Counter(fresh=20, resting=10))
    deep, shallow = drawn.pieces("resting")
    assert (deep.y, deep.height, shallow.height) == (GROUND, DEPTH, DEPTH / 4)
    assert [round(piece.height) for piece in drawn.pieces("fresh")] == [25, 100]


def test_a_missing_day_leaves_a_gap_and_today_is_the_last():
    drawn = picture(ago55=FULL, ago2=FULL, ago0=FULL)
    assert [piece.x for piece in drawn.pieces("fresh")] == [0, 530, 550]
    assert drawn.width == 560


def test_the_table_has_a_day_a_week_as_far_as_they_are_known():
    drawn = picture(ago14=FULL, ago13=Counter(), ago0=Counter(fresh=1))
    assert [(row.day, row.cards) for row in drawn.rows] == [
        (TODAY, [1, 0, 0, 0, 0, 0]),
        (TODAY - timedelta(days=14), [5, 2, 1, 1, 1, 40]),
    ]


def test_it_says_itself_in_words():
    words = picture(ago3=FULL, ago0=Counter(fresh=1, resting=2)).words
    assert words == "Today the clock of 1 card runs, 2 rest. At most 10 ran and 40 rested in eight weeks."


def test_a_board_without_cards_is_empty():
    assert picture(ago0=Counter()).empty
    assert not picture(ago5=FULL, ago0=Counter()).empty
    assert list(picture(ago0=Counter()).pieces("fresh")) == []


def test_it_reads_what_was_written_and_counts_today_anew(board, owner, aged, travel):
    card = aged(board, days=1)
    age.run()
    travel(days=3)
    card.postpone(owner)
    db.session.commit()
    drawn = AgePicture.of(board)
    assert drawn.days[drawn.today - timedelta(days=3)] == {"fresh": 1}
    assert drawn.days[drawn.today] == {"resting": 1}
    travel(days=60)
    assert set(AgePicture.of(board).days) == {AgePicture.of(board).today}


class TestPage:
    pytestmark = pytest.mark.sqlite_only("a page is the same on either database; what lies below is tested on both")

    @pytest.fixture
    def panel(self, client, board):
        """`panel()`: the board's panel as Ada gets it."""
        return lambda: client.get(f"/boards/{board.id}/settings/entropy/entropy").text

    def test_it_is_drawn_by_attributes_alone(self, board, aged, panel):
        aged(board, 2, days=1)
        html = panel()
        drawing = html[html.index('<svg viewBox="0 0 560 136"') : html.index("</figure>")]
        svg = ET.fromstring(drawing[: drawing.index("</svg>") + len("</svg>")])
        assert len(svg.findall("g")) == 6
        assert len(svg.findall("g/rect")) == 1
        assert svg.get("aria-label").startswith("Today the clocks of 2 cards run, 0 rest.")
        assert "style=" not in html
        assert 'data-stage="fresh">Fresh <strong class="num">2</strong>' in html

    def test_an_empty_board_says_so(self, panel):
        html = panel()
        assert "A bar is added each day." in html
        assert 'viewBox="0 0 560 136"' not in html

    def test_where_cards_never_rest_it_does_not_say_that_there_are_none(self, board, aged, panel):
        BoardEntropy.choose(board, None)
        aged(board, 2, days=40)
        assert "No card grew older here or rested." in panel()

    def test_only_who_runs_the_board_sees_it(self, anonymous, board, member):
        sign_in(anonymous, member)
        assert anonymous.get(f"/boards/{board.id}/settings/entropy/entropy").status_code == 403
