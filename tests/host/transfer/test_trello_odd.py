"""What real exports also hold: people who left, archived lists, missing and wrong values."""

from datetime import UTC, datetime

import pytest

from host.clock import now
from host.db import db
from host.models import Board, Card, Place
from host.models.card.consistency import misplaced
from host.transfer.trello import Dates, Report
from tests.host.transfer.conftest import TakeOver, cards_of, trello_board

WALLS = "Walls and floor"


@pytest.fixture
def taken(take_over: TakeOver) -> tuple[Board, Report]:
    return take_over("odd", dates=Dates.KEEP)


@pytest.fixture
def cards(taken: tuple[Board, Report]) -> dict[str, Card]:
    return cards_of(taken[0])


def day(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_lists_of_any_kind(taken: tuple[Board, Report]) -> None:
    names = [column.name for column in taken[0].columns]
    assert names == ["To do", "Doing", "To do", "List 5", "L" * 120]
    assert taken[1].counts["archived_lists"] == 1


def test_an_archived_card_remembers_its_column_and_who_archived_it(cards: dict[str, Card]) -> None:
    sink = cards["Sink"]
    assert (sink.place, sink.column.name) == (Place.DONE, "To do")
    assert (sink.closure.creator.handle, sink.closure.at) == ("tomasbeck", day(2018, 1, 4, 7))


def test_cards_of_an_archived_list_are_done(cards: dict[str, Card]) -> None:
    stove = cards["Old stove"]
    assert (stove.place, stove.column) == (Place.DONE, None)
    assert (stove.closure.creator.name, stove.closure.at) == ("Nora Quill", day(2018, 1, 6, 7))


def test_cards_without_a_known_list_wait_in_maybe(cards: dict[str, Card]) -> None:
    assert cards["Untitled"].place is Place.MAYBE
    assert cards["2018"].place is Place.MAYBE
    assert db.session.scalars(misplaced()).all() == []


def test_several_checklists_say_which_each_step_is_of(cards: dict[str, Card]) -> None:
    steps = cards[WALLS].steps
    assert [step.text[:21] for step in steps] == ["Paint: Choose a white", "Tiles: Measure", "Tiles: Grout"]
    assert [step.done for step in steps] == [True, True, False]
    assert steps[1].done_at == day(2018, 2, 10, 15)
    assert steps[0].done_at == cards[WALLS].last_active_at
    assert len(steps[0].text) == 1000


def test_one_checklist_needs_no_name(cards: dict[str, Card]) -> None:
    assert [step.text for step in cards["2018"].steps] == ["Order hinges"]


def test_labels_that_differ_in_case_alone_are_one_tag(cards: dict[str, Card]) -> None:
    assert {(tag.title, tag.hue) for tag in cards["Sink"].tags} == {("urgent", "rust")}


def test_a_label_without_a_name_goes_by_its_colour(cards: dict[str, Card]) -> None:
    assert {(tag.title, tag.hue) for tag in cards[WALLS].tags} == {("urgent", "rust"), ("green dark", "moss")}


def test_people_who_left_keep_their_words(cards: dict[str, Card]) -> None:
    said = [(comment.creator.name, comment.body) for comment in cards[WALLS].comments]
    assert said == [("Lena Ort", "I left the board after this."), ("Nora Quill", "The tiles came.")]
    assert cards[WALLS].creator.name == "Gerd One"


def test_a_copied_comment_is_by_whoever_said_it_and_an_unknown_one_by_system(cards: dict[str, Card]) -> None:
    said = {comment.body: comment.creator.name for comment in cards["Sink"].comments}
    assert said == {"Said on another card.": "Nora Quill", "Nobody knows who said it.": "System"}
    assert "System" not in {user.name for user in cards["Sink"].watchers}


def test_only_people_the_file_names_are_assigned_and_once(cards: dict[str, Card]) -> None:
    assert [user.name for user in cards[WALLS].assignees] == ["Nora Quill"]


def test_due_dates_and_attachments_stay_in_the_description(cards: dict[str, Card]) -> None:
    assert cards[WALLS].description == (
        "Start with the *north* wall.\n\n"
        "Attachments:\n"
        "- [plan \\[final\\].pdf](<https://trello.example/1/plan (final).pdf>)\n"
        "- [the blue one](<https://trello.example/2/blue.jpg>)\n"
        "- shelf (file:///C:/shelf.dwg)\n\n"
        "Due: 3 March 2018 (done)"
    )


def test_a_long_title_goes_on_in_the_description(cards: dict[str, Card]) -> None:
    [title] = [title for title in cards if title.startswith("TTT")]
    assert len(title) == 255
    assert title.endswith("w…")
    head, text = cards[title].description.split("\n\n")
    assert title.removesuffix("…") + head.removeprefix("… ") == "T" * 120 + " " + "w" * 180
    assert text == "And its text."


def test_what_no_database_can_hold_is_cleaned(cards: dict[str, Card]) -> None:
    assert cards["Line breaks and control marks"].description == "one\ntwo"
    assert cards["2018"].description == "12.5"


def test_no_card_was_touched_in_the_future(cards: dict[str, Card]) -> None:
    assert all(card.last_active_at <= now() for card in cards.values())


def test_without_a_date_the_id_tells_when_it_was_made(cards: dict[str, Card]) -> None:
    untitled = cards["Untitled"]
    assert untitled.created_at == untitled.last_active_at == datetime.fromtimestamp(0x5A000000, UTC)


def test_the_report_tells_what_was_left_and_what_was_changed(taken: tuple[Board, Report]) -> None:
    told = taken[1].as_json()
    assert told["changed"] == {"long_titles": 1, "untitled": 1, "cut_texts": 1, "unknown_authors": 1}
    assert told["left"] == {
        "archived_lists": 1,
        "missing_comments": 1,
        "stray_comments": 1,
        "stray_checklists": 1,
        "empty_items": 1,
        "unknown_assignees": 1,
        "unnamed_labels": 1,
        "board_description": 1,
        "custom_fields": 1,
        "start_dates": 1,
        "votes": 1,
        "stickers": 1,
        "covers": 1,
        "power_ups": 1,
        "other_actions": 2,
    }


def test_the_report_reads_well(taken: tuple[Board, Report]) -> None:
    lines = list(taken[1].lines())
    assert lines[:3] == ["Board “Kitchen rebuild”", "Taken over:", "  5 columns"]
    assert "    2 archived, in Done" in lines
    assert "  1 assignment" in lines
    assert "  the description of the board" in lines
    assert lines[-1] == "Each card keeps its last activity, so old ones will rest at the next sweep."


def test_the_last_archiving_counts_whatever_the_order_of_actions(take_over: TakeOver) -> None:
    def archived(month: int) -> dict:
        data = {"old": {"closed": False}, "card": {"id": "card0", "closed": True}}
        return {"type": "updateCard", "date": f"2019-{month:02}-01T00:00:00Z", "data": data}

    document = trello_board({"name": "Sink", "closed": True}, actions=[archived(7), archived(9), archived(3)])
    assert cards_of(take_over(document)[0])["Sink"].closure.at == day(2019, 9, 1)


def test_comments_come_in_order_of_time(take_over: TakeOver) -> None:
    said = [
        {"type": "commentCard", "date": f"2019-0{month}-01", "data": {"text": str(month), "card": {"id": "card0"}}}
        for month in (7, 9, 3)
    ]
    board, _report = take_over(trello_board({"name": "Sink"}, actions=said))
    comments = cards_of(board)["Sink"].comments
    assert [comment.body for comment in sorted(comments, key=lambda each: each.id)] == ["3", "7", "9"]


def test_an_early_export(take_over: TakeOver) -> None:
    board, _report = take_over("old", dates=Dates.KEEP)
    cards = cards_of(board)
    assert {title: [tag.title for tag in card.tags] for title, card in cards.items()} == {
        "Ghent": ["booked", "red"],
        "Bruges": ["booked", "red"],
    }
    ghent = cards["Ghent"]
    assert [(step.text, step.done) for step in ghent.steps] == [("Bus", True), ("Beds", False)]
    assert [user.name for user in ghent.assignees] == ["Pia Roth"]
    assert ghent.last_active_at == ghent.comments[0].created_at == day(2012, 2, 2, 10)
