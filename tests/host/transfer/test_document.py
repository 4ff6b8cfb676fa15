"""Reading an export, without a database."""

from datetime import UTC, datetime
from typing import Any

import pytest

from host.models.user import HUES as OURS
from host.transfer.trello.colours import HUES, hue_of
from host.transfer.trello.document import Document, read
from host.transfer.trello.history import History


def document(*cards: dict[str, Any], **parts: Any) -> Document:
    return read({"cards": list(cards), **parts})


def comment(card: str, said: str, **more: Any) -> dict[str, Any]:
    return {"type": "commentCard", "data": {"text": said, "card": {"id": card}}, **more}


def test_nothing_but_an_object() -> None:
    empty = read({})
    assert (empty.name, empty.lists, empty.cards, empty.labels) == ("", [], [], [])
    assert not empty.members


def test_lists_and_items_are_sorted_by_position_and_what_has_none_comes_last() -> None:
    lists = [{"name": "C"}, {"name": "B", "pos": 2.5}, {"name": "A", "pos": "1"}, {"name": "D", "pos": float("nan")}]
    assert [each.name for each in document(lists=lists).lists] == ["A", "B", "C", "D"]
    items = [{"name": "two", "pos": 2}, {"name": "one", "pos": 1}, {"name": "last"}]
    [card] = document({"id": "1"}, checklists=[{"idCard": "1", "checkItems": items}]).cards
    assert [item.name for item in card.checklists[0].items] == ["one", "two", "last"]


def test_cards_are_in_order_of_their_numbers() -> None:
    found = document({"idShort": 12, "name": "twelve"}, {"name": "none"}, {"idShort": "3", "name": "three"})
    assert [card.name for card in found.cards] == ["three", "twelve", "none"]


def test_checklists_of_the_board_come_before_those_inside_a_card() -> None:
    inside = {"id": "1", "checklists": [{"name": "Inside", "checkItems": []}]}
    assert [each.name for each in document(inside).cards[0].checklists] == ["Inside"]
    [card] = document(inside, checklists=[{"idCard": "1", "name": "Of the board"}]).cards
    assert [each.name for each in card.checklists] == ["Of the board"]


def test_a_checklist_is_found_by_either_end() -> None:
    by_card = document({"id": "1"}, checklists=[{"id": "c", "idCard": "1"}])
    by_list = document({"id": "1", "idChecklists": ["c"]}, checklists=[{"id": "c"}])
    by_none = document({"id": "1"}, checklists=[{"id": "c"}])
    assert [len(found.cards[0].checklists) for found in (by_card, by_list, by_none)] == [1, 1, 0]
    assert [found.stray_checklists for found in (by_card, by_list, by_none)] == [0, 0, 1]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ({"idLabels": ["r"]}, ["Stop"]),
        ({"labels": [{"id": "r"}]}, ["Stop"]),
        ({"idLabels": ["r"], "labels": [{"id": "r", "name": "Stop", "color": "red"}]}, ["Stop"]),
        ({"labels": [{"name": "Go", "color": "green"}]}, ["Go"]),
        ({"labels": [{"color": "blue"}]}, ["Wait"]),
        ({"labels": ["blue"]}, ["Wait"]),
        ({"idLabels": ["gone"]}, []),
        ({"idLabels": None, "labels": None}, []),
    ],
)
def test_labels_however_they_are_written(labels: dict[str, Any], expected: list[str]) -> None:
    names = {"blue": "Wait"}
    found = document({"id": "1", **labels}, labels=[{"id": "r", "name": "Stop", "color": "red"}], labelNames=names)
    assert [label.name for label in found.cards[0].labels] == expected


def test_members_on_the_card_where_there_are_no_ids() -> None:
    assert document({"members": [{"id": "m"}]}).cards[0].member_ids == ["m"]
    assert document({"idMembers": ["n"], "members": [{"id": "m"}]}).cards[0].member_ids == ["n"]


def test_people_of_the_history_are_strangers_unless_members() -> None:
    actions = [
        {"memberCreator": {"id": "a", "username": "ada"}, "member": {"id": "b", "username": "ben"}},
        {"memberCreator": {"id": "c"}},
    ]
    found = document(actions=actions, members=[{"id": "a", "fullName": "Ada"}])
    assert {member.name for member in found.members.values()} == {"Ada"}
    assert {member.username for member in found.strangers.values()} == {"ben", ""}


def test_every_hue_is_one_of_ours() -> None:
    assert set(HUES.values()) <= set(OURS)
    assert [hue_of(colour) for colour in ("green", "green_dark", "RED_light", "", "plaid")] == [
        "moss",
        "moss",
        "rust",
        "stone",
        "stone",
    ]


class TestHistory:
    """What is read from the actions."""

    def test_comments_are_heard_once_in_order_of_time(self) -> None:
        said = [
            comment("1", "second", id="b", date="2019-02-01"),
            comment("1", "first", id="a", date="2019-01-01"),
            comment("1", "second", id="b", date="2019-02-01"),
            comment("1", "without an id", date="2019-03-01"),
            comment("1", "without an id", date="2019-03-01"),
            comment("1", "  ", id="c"),
        ]
        heard = [each.text for each in History.read(said).comments["1"]]
        assert heard == ["first", "second", "without an id", "without an id"]

    @pytest.mark.parametrize("kind", ["createCard", "copyCard", "emailCard", "convertToCardFromCheckItem"])
    def test_a_card_is_born_once(self, kind: str) -> None:
        actions = [
            {"type": kind, "date": f"2019-0{month}-01", "idMemberCreator": who, "data": {"card": {"id": "1"}}}
            for month, who in ((5, "later"), (2, "first"))
        ]
        assert History.read(actions).births["1"] == ("first", datetime(2019, 2, 1, tzinfo=UTC))

    def test_reopening_and_renaming_are_no_archiving(self) -> None:
        reopened = {"type": "updateCard", "data": {"old": {"closed": True}, "card": {"id": "1", "closed": False}}}
        renamed = {"type": "updateCard", "data": {"old": {"name": "x"}, "card": {"id": "1", "closed": True}}}
        history = History.read([reopened, renamed])
        assert history.closings == {}
        assert history.others == 2

    def test_the_author_is_named_either_way(self) -> None:
        history = History.read([comment("1", "x", memberCreator={"id": "m"}), comment("1", "y", idMemberCreator="n")])
        assert [each.members[-1] for each in history.comments["1"]] == ["m", "n"]

    def test_actions_that_are_none(self) -> None:
        history = History.read([None, 5, {}, {"type": ["x"]}, {"data": [], "type": "commentCard"}])
        assert not any(history.comments.values())
        assert history.others == 2
