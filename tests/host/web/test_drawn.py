"""What was drawn of the same values is shown again, and never for other values."""

import pytest
from markupsafe import Markup

from host import Badge
from host.web.cardview import CardView, Face, TagView, card_html
from host.web.drawn import drawn
from host.web.parts import render_part

pytestmark = pytest.mark.sqlite_only("no database decides this")

FACE = {"number": 7, "title": "Write", "url": "/cards/7", "golden": False, "steps_done": 1, "steps_total": 3}


def view(badges=(), **more):
    return CardView("maybe", Face(**{**FACE, "comments_count": 0, **more}), badges)


@pytest.fixture
def kept(app):
    """How often something was shown again."""
    return lambda: app.extensions["fallow.drawn"].cache_info().hits


def test_the_same_card_is_drawn_once(kept):
    first, before = card_html(view()), kept()
    assert card_html(view()) == first
    assert kept() == before + 1


@pytest.mark.parametrize(
    ("changed", "shown"),
    [
        ({"title": "Rest"}, "Rest"),
        ({"golden": True}, "Golden card"),
        ({"steps_done": 2}, "2/3"),
        ({"comments_count": 4}, "comments</span>"),
        ({"tags": (TagView("press", "moss"),)}, "press"),
    ],
)
def test_a_changed_one_is_drawn_anew(app, changed, shown):
    plain = card_html(view())
    assert shown not in plain
    assert shown in card_html(view(**changed))
    assert card_html(view()) == plain


def test_its_texts_are_escaped_the_second_time_too(app):
    for _time in range(2):
        assert "<b>bold</b>" not in card_html(view(title="<b>bold</b>"))


def test_a_lasting_sign_is_drawn_once_and_others_each_time(app, kept):
    for lasting, hits in ((True, 1), (False, 0)):
        sign = Badge("components/part.html", {"words": "by itself"}, lasting=lasting)
        render_part(sign)
        before = kept()
        render_part(sign)
        assert kept() - before == hits


def test_what_may_change_unseen_is_refused(app):
    with pytest.raises(TypeError):
        drawn("components/part.html", words=["by itself"])
    assert isinstance(drawn("components/part.html", words=("by itself",)), Markup)
