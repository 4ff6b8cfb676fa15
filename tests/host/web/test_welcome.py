"""The first run: a space, its owner and a first board, or nothing at all."""

from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select

from host.db import db
from host.models import Account, Board, Card, Place, User
from tests.host.web.page import Page

EXPORT = Path(__file__).parents[2] / "data" / "trello" / "board-small.json"
TYPED = {"name": "Hay meadow", "person": "Ada Field", "email": "ada@example.org", "password": "a hedge of roses"}


@pytest.fixture
def newcomer(anonymous):
    """A browser that came by the address that the program printed."""
    with anonymous.session_transaction() as session:
        session["may_welcome"] = True
    return anonymous


@pytest.fixture
def begin(newcomer):
    """begin(start="empty"): the form as it stands on the page, filled in."""

    def send(**typed):
        form = Page(newcomer.get("/welcome").text).form("/welcome")
        assert form.multipart
        values = {**form.values, **TYPED, **typed}
        given = {name: value for name, value in values.items() if value is not None}
        return newcomer.post("/welcome", data=given, headers={"X-CSRFToken": ""}, content_type="multipart/form-data")

    return send


def boards():
    return db.session.scalars(select(Board)).all()


def test_the_example_is_offered_first_and_opens(begin, newcomer):
    answer = begin()
    (board,) = boards()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/boards/{board.id}")
    owner = db.session.scalars(select(Account)).one().owner
    assert (owner.account.name, owner.name, owner.email) == ("Hay meadow", "Ada Field", "ada@example.org")
    assert User.by_credentials("ada@example.org", TYPED["password"]) is owner
    page = newcomer.get(answer.headers["Location"])
    assert "Start here: open this card" in page.text


def test_the_example_has_cards_of_all_kinds(begin):
    begin()
    cards = db.session.scalars(select(Card)).all()
    assert {card.place for card in cards} == {Place.MAYBE, Place.COLUMN, Place.NOT_NOW, Place.DONE}
    assert sum(card.golden for card in cards) == 1
    assert len({card.last_active_at for card in cards}) == len(cards)
    assert all(card.description or card.steps or card.tags or card.comments for card in cards if card.awake)


def test_an_empty_board_has_two_columns(begin):
    begin(start="empty")
    (board,) = boards()
    assert [column.name for column in board.columns] == ["In progress", "Waiting"]
    assert db.session.scalars(select(Card)).all() == []


def test_a_trello_export_becomes_the_first_board(begin):
    answer = begin(start="trello", file=(EXPORT.open("rb"), "board.json"))
    (board,) = boards()
    assert answer.headers["Location"] == f"/boards/{board.id}"
    assert len(db.session.scalars(select(Card)).all()) == 45


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (None, "Choose the .json file that Trello exported."),
        ((b"", ""), "Choose the .json file that Trello exported."),
        ((b"no json", "notes.json"), ""),
        ((b'{"a": 1}', "other.json"), ""),
        ((b"[1, 2]", "list.json"), ""),
        ((b"\xff\xfe\x00", "binary.json"), ""),
        ((b"", "empty.json"), ""),
    ],
    ids=["none", "nameless", "text", "object", "list", "binary", "empty"],
)
def test_a_refused_export_leaves_nothing_half_made(begin, newcomer, file, said):
    answer = begin(start="trello", file=file and (BytesIO(file[0]), file[1]))
    assert answer.status_code == 422
    page = Page(answer.text)
    assert said in page.said["f-file-errors"]
    assert page.said["f-file-errors"]
    values = page.form("/welcome").values
    assert {name: values[name] for name in ("name", "person", "email", "start")} == {
        **{name: TYPED[name] for name in ("name", "person", "email")},
        "start": "trello",
    }
    for model in (Account, User, Board, Card):
        assert db.session.scalars(select(model)).all() == [], model
    assert newcomer.get("/welcome").status_code == 200


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "  "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"person": ""}, "person"),
        ({"person": "x" * 121}, "person"),
        ({"email": ""}, "email"),
        ({"email": "nobody"}, "email"),
        ({"password": ""}, "password"),
        ({"password": "too short"}, "password"),
        ({"start": "nonsense"}, "start"),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_the_rest_is_kept(begin, typed, field):
    answer = begin(**typed)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.said[f"f-{field}-errors"]
    values = page.form("/welcome").values
    sent = {**TYPED, **typed}
    assert {name: values[name] for name in ("name", "person", "email")} == {
        name: sent[name] for name in ("name", "person", "email")
    }
    assert values["password"] == ""
    assert db.session.scalars(select(Account)).all() == []


def test_on_the_desktop_nobody_is_asked_for_address_and_password(app, begin, newcomer):
    app.config["DESKTOP"] = True
    page = Page(newcomer.get("/welcome").text)
    assert not page.all("input", name="email")
    assert "Everything stays on this computer." in page.words
    begin(email=None, password=None, start="empty")
    owner = db.session.scalars(select(Account)).one().owner
    assert (owner.email, owner.password_hash) == (None, None)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_strangers_do_not_claim_an_empty_installation(anonymous, method):
    answer = anonymous.open("/welcome", method=method, data={**TYPED, "start": "empty"} if method == "POST" else None)
    assert answer.status_code == 403
    assert "Open the address that Fallow printed when it started" in answer.text
    assert db.session.scalars(select(Account)).all() == []


def test_every_page_leads_a_newcomer_here_and_a_stranger_to_the_door(newcomer, app):
    for address in ("/", "/boards", "/settings/general"):
        assert newcomer.get(address).headers["Location"] == "/welcome"
        assert app.test_client().get(address).headers["Location"].startswith("/session/new")


def test_there_is_one_first_run(newcomer, owner):
    for answer in (newcomer.get("/welcome"), newcomer.post("/welcome", data={**TYPED, "start": "empty"})):
        assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert db.session.scalars(select(Account.name)).all() == ["Meadow"]


def test_whoever_began_is_signed_in_and_no_newcomer_any_more(begin, newcomer):
    begin(start="empty")
    with newcomer.session_transaction() as session:
        assert "may_welcome" not in session
    assert newcomer.get("/settings/general").status_code == 200
