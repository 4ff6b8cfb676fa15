"""The texts of cards at their limits."""

import pytest

from host.errors import Invalid
from host.models.card.editable import LONGEST_TEXT
from tests.host.transfer.conftest import TakeOver, cards_of, trello_board


def test_a_title_is_cut_between_words(take_over: TakeOver) -> None:
    name = "word " * 60
    board, _report = take_over(trello_board({"name": name}))
    [(title, card)] = cards_of(board).items()
    assert title == "word " * 50 + "word…"
    assert " ".join([title.removesuffix("…"), card.description.removeprefix("… ")]) == name.strip()


def test_a_huge_title_loses_only_what_no_text_may_hold(take_over: TakeOver) -> None:
    board, report = take_over(trello_board({"name": "x" * 300_000, "due": "2020-05-01T09:00:00Z"}))
    [card] = cards_of(board).values()
    assert len(card.title) == 255
    assert len(card.description) <= LONGEST_TEXT
    assert card.description.endswith("x…\n\nDue: 1 May 2020")
    assert report.counts["cut_texts"] == 1


def test_more_links_than_a_text_may_hold(take_over: TakeOver) -> None:
    attachments = [{"name": "n" * 80, "url": f"https://example.org/{'u' * 80}/{n}"} for n in range(1000)]
    board, _report = take_over(trello_board({"name": "Sink", "desc": "Mind the tap.", "attachments": attachments}))
    description = cards_of(board)["Sink"].description
    assert len(description) <= LONGEST_TEXT
    assert description.startswith("Mind the tap.\n\nAttachments:\n- [nnn")


def test_a_comment_too_long_is_cut(take_over: TakeOver) -> None:
    said = {"type": "commentCard", "data": {"text": "y" * (LONGEST_TEXT + 5), "card": {"id": "card0"}}}
    board, report = take_over(trello_board({"name": "Sink"}, actions=[said]))
    [comment] = cards_of(board)["Sink"].comments
    assert len(comment.body) == LONGEST_TEXT
    assert report.counts["cut_texts"] == 1


def test_the_name_of_the_board(take_over: TakeOver) -> None:
    assert take_over(trello_board(name="B" * 500))[0].name == "B" * 120
    assert take_over(trello_board(name="  "))[0].name == "Trello board"
    assert take_over(trello_board(), board_name="Ours")[0].name == "Ours"


@pytest.mark.parametrize("asked", ["", "  ", "B" * 121])
def test_a_name_asked_for_is_taken_as_it_is_or_not_at_all(take_over: TakeOver, asked: str) -> None:
    with pytest.raises(Invalid, match="A name has 1 to 120 characters"):
        take_over(trello_board(), board_name=asked)
