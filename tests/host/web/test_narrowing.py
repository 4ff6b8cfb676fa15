"""A board that is narrowed by words of its address, whichever plugin knows them."""

import pytest

from host.db import db
from host.plugging import plugins

RIPE = """
from host import Card, SearchFilter, hookimpl
@hookimpl
def register_search_filters(): return [SearchFilter("ripe", "Ripe", lambda value, actor: {clause})]
"""

pytestmark = pytest.mark.sqlite_only("a page is the same on either database; lists by filters are tested on both")


@pytest.fixture
def clause():
    """What the filter says; a test may give another."""
    return "Card.title.startswith(value)"


@pytest.fixture
def app(sown, clause):
    """A program with a plugin that knows the word `ripe`."""
    return sown(orchard=RIPE.format(clause=clause))


@pytest.fixture
def shown(client, board):
    """`shown("?ripe=Plum")`: the titles on the board."""
    for title in ("Plum pie", "Apple pie"):
        board.add_card(title)
    db.session.commit()

    def titles(query):
        html = client.get(f"/boards/{board.id}{query}").text
        return [title for title in ("Plum pie", "Apple pie") if f">{title}</a>" in html]

    return titles


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Plum pie", "Apple pie"]),
        ("?ripe=Plum", ["Plum pie"]),
        ("?ripe=Plum&ripe=Apple", ["Plum pie"]),
        ("?ripe=Fig", []),
        ("?rotten=Plum", ["Plum pie", "Apple pie"]),
    ],
)
def test_a_word_that_a_plugin_knows_narrows_the_board(shown, query, titles):
    assert shown(query) == titles


@pytest.mark.parametrize("clause", ["1 / 0"])
def test_a_filter_that_fails_finds_nothing_rather_than_everything(shown):
    assert shown("?ripe=Plum") == []
    assert {fault.moment for fault in plugins().found["orchard"].faults} == {"search filter ripe"}
    assert shown("") == ["Plum pie", "Apple pie"]


def test_a_new_card_is_drawn_among_those_that_are_shown(client, board, shown):
    on_screen = {"HX-Request": "true", "HX-Current-URL": f"http://localhost/boards/{board.id}?ripe=Plum"}
    html = client.post(f"/boards/{board.id}/cards", data={"title": "Plum jam"}, headers=on_screen).text
    assert "Plum jam</a>" in html
    assert "Apple pie</a>" not in html
