"""A real export, counted apart from the importer."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from host.clock import now
from host.db import db
from host.models import Assignment, Board, Card, Closure, Comment, Event, Place, Role, Step, Tag, Tagging, User, Watch
from host.models.card.consistency import misplaced
from host.transfer.trello import Dates
from tests.host.transfer.conftest import TakeOver, cards_of, export

FILE = export("board-small")


def count(model: type) -> int:
    return db.session.scalar(db.select(db.func.count()).select_from(model)) or 0


def in_order(lists: list[dict]) -> list[dict]:
    return sorted((each for each in lists if not each["closed"]), key=lambda each: each["pos"])


def time(written: str) -> datetime:
    return datetime.strptime(written, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


@pytest.fixture
def board(take_over: TakeOver) -> Board:
    return take_over("board-small", dates=Dates.KEEP)[0]


def test_lists_become_columns_in_their_order(board: Board) -> None:
    assert board.name == FILE["name"]
    assert [column.name for column in board.columns] == [each["name"] for each in in_order(FILE["lists"])]


def test_each_card_lies_where_it_lay_and_archived_ones_in_done(board: Board) -> None:
    archived = {each["id"] for each in FILE["lists"] if each["closed"]}
    names = {each["id"]: each["name"] for each in FILE["lists"]}
    expected = Counter(
        "Done" if card["closed"] or card["idList"] in archived else names[card["idList"]] for card in FILE["cards"]
    )
    cards = cards_of(board).values()
    assert len(cards) == len(FILE["cards"]) == 45
    assert Counter("Done" if card.place is Place.DONE else card.column.name for card in cards) == expected
    assert db.session.scalars(misplaced()).all() == []
    assert count(Closure) == expected["Done"]


def test_numbers_follow_trellos(board: Board) -> None:
    by_number = sorted(FILE["cards"], key=lambda card: card["idShort"])
    assert list(cards_of(board)) == [" ".join(card["name"].split()) for card in by_number]
    assert [card.number for card in cards_of(board).values()] == list(range(1, 46))


def test_steps_keep_their_order_and_state(board: Board) -> None:
    written = {card["id"]: " ".join(card["name"].split()) for card in FILE["cards"]}
    expected = {}
    for each in FILE["checklists"]:
        items = sorted(each["checkItems"], key=lambda item: item["pos"])
        expected[written[each["idCard"]]] = [(item["name"].strip(), item["state"] == "complete") for item in items]
    cards = cards_of(board)
    assert {title: [(step.text, step.done) for step in cards[title].steps] for title in expected} == expected
    assert count(Step) == sum(map(len, expected.values()))


def test_labels_become_tags(board: Board) -> None:
    names = {label["id"]: label["name"].lower() for label in FILE["labels"]}
    assert set(db.session.scalars(db.select(Tag.title))) == set(names.values())
    cards = cards_of(board)
    for card in FILE["cards"]:
        tags = {tag.title for tag in cards[" ".join(card["name"].split())].tags}
        assert tags == {names[label] for label in card["idLabels"]}
    assert count(Tagging) == sum(len(card["idLabels"]) for card in FILE["cards"])


def test_members_are_people_who_cannot_sign_in_yet(board: Board) -> None:
    members = db.session.scalars(db.select(User).where(User.role == Role.MEMBER)).all()
    assert {(user.name, user.handle) for user in members} == {(m["fullName"], m["username"]) for m in FILE["members"]}
    assert all(user.active and user.email is None and user.password_hash is None for user in members)
    assert set(members) <= set(board.people)


def test_assignments(board: Board) -> None:
    usernames = {member["id"]: member["username"] for member in FILE["members"]}
    cards = cards_of(board)
    for card in FILE["cards"]:
        assignees = {user.handle for user in cards[" ".join(card["name"].split())].assignees}
        assert assignees == {usernames[member] for member in card["idMembers"]}
    assert count(Assignment) == sum(len(card["idMembers"]) for card in FILE["cards"]) > 0


def test_comments_keep_author_and_date(board: Board) -> None:
    said = [action for action in FILE["actions"] if action["type"] == "commentCard"]
    expected = {
        (
            action["data"]["card"]["idShort"],
            action["memberCreator"]["username"],
            time(action["date"]),
            action["data"]["text"].strip(),
        )
        for action in said
    }
    comments = db.session.scalars(db.select(Comment)).all()
    found = {(each.card.number, each.creator.handle, each.created_at, each.body) for each in comments}
    assert found == expected
    assert len(comments) == len(said) == 24


def test_kept_dates(board: Board) -> None:
    cards = cards_of(board)
    born = {a["data"]["card"]["id"]: a["date"] for a in FILE["actions"] if a["type"] == "createCard"}
    for card in FILE["cards"]:
        imported = cards[" ".join(card["name"].split())]
        assert imported.last_active_at == time(card["dateLastActivity"])
        assert imported.created_at == time(born[card["id"]])


def test_fresh_dates_start_every_clock_now(take_over: TakeOver) -> None:
    before = now()
    board, _report = take_over("board-small")
    ages = [now() - card.last_active_at for card in cards_of(board).values()]
    assert all(0 <= age.total_seconds() <= (now() - before).total_seconds() + 1 for age in ages)


def test_a_column_shows_fresh_cards_in_trellos_order(take_over: TakeOver) -> None:
    board, _report = take_over("board-small")
    for each in FILE["lists"]:
        open_cards = [card for card in FILE["cards"] if card["idList"] == each["id"] and not card["closed"]]
        awake = [card for card in cards_of(board).values() if card.place is Place.COLUMN]
        shown = [card for card in awake if card.column.name == each["name"]]
        shown.sort(key=lambda card: card.last_active_at, reverse=True)
        expected = sorted(open_cards, key=lambda card: card["pos"])
        assert [card.title for card in shown] == [" ".join(card["name"].split()) for card in expected]


def test_the_log_tells_it_as_it_was_and_nobody_is_told(board: Board) -> None:
    logged = Counter(db.session.scalars(db.select(Event.kind)))
    closed = sum(card["closed"] for card in FILE["cards"])
    assert logged == {"board_created": 1, "card_published": 45, "comment_created": 24, "card_closed": closed}
    comments = db.session.execute(
        db.select(Comment.creator_id, Comment.created_at, Event.creator_id, Event.at)
        .join(Event, Event.card_id == Comment.card_id)
        .where(Event.kind == "comment_created", Event.particulars["comment_id"].as_integer() == Comment.id)
    ).all()
    assert len(comments) == 24
    assert all(row[0] == row[2] and row[1] == row[3] for row in comments)


def test_whoever_made_has_or_discussed_a_card_watches_it(board: Board) -> None:
    for card in cards_of(board).values():
        involved = {card.creator, *card.assignees, *(comment.creator for comment in card.comments)}
        assert set(card.watchers) == involved
    assert count(Watch)


def test_the_report_agrees_with_what_was_written(take_over: TakeOver) -> None:
    board, report = take_over("board-small", dates=Dates.KEEP)
    assert report.as_json()["taken"] == {
        "columns": len(board.columns),
        "cards": count(Card),
        "cards_in_columns": 33,
        "cards_in_done": count(Closure),
        "steps": count(Step),
        "steps_done": db.session.scalar(db.select(db.func.count(Step.done_at))),
        "comments": count(Comment),
        "tags": count(Tag),
        "assignments": count(Assignment),
        "people_invited": 6,
    }
    read = ("createCard", "commentCard", "updateCheckItemStateOnCard")
    archivals = sum(a["type"] == "updateCard" and a["data"]["old"].get("closed") is False for a in FILE["actions"])
    rest = sum(action["type"] not in read for action in FILE["actions"]) - archivals
    assert report.as_json()["left"] == {"other_actions": rest}


def test_the_same_board_twice_finds_its_people_again(take_over: TakeOver) -> None:
    take_over("board-small")
    people = count(User)
    board, report = take_over("board-small", board_name="Once more")
    assert board.name == "Once more"
    assert count(User) == people
    assert report.counts["people_known"] == 6
    assert report.counts["people_invited"] == 0
    assert [card.number for card in cards_of(board).values()] == list(range(46, 91))
