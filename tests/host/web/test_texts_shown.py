"""Whatever people write is shown as they wrote it, and never as part of the page."""

import re

import pytest
from markupsafe import escape

from host.db import db
from host.models import ApiToken, Board, Comment, User
from host.models.token import Scope
from tests.host.web.conftest import HTMX
from tests.host.web.page import Page

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7001 }}&amp;"
TURNED = "\u202eevil\u2066 مرحبا"
LIVE = re.compile(r"<script>alert|<img|onerror=alert\(2\)>(?!\{)|\b49007\b")


@pytest.fixture(params=[EVIL, TURNED], ids=["markup", "right to left"])
def written(request, owner):
    """The text, written wherever a person can write something."""
    text = request.param
    owner.account.rename(text[:120])
    owner.name = text
    other = User.join(owner.account, name=text, email=None)
    board = Board.create(text, by=owner, columns=[text, text])
    card = board.add_card(text, by=owner, description=text)
    card.add_step(text)
    card.comment(text, owner)
    card.tag(text)
    card.assign(owner, owner)
    card.assign(other, owner)
    card.triage_into(board.columns[0], owner)
    card.rename(f"{text} again", owner)
    card.rename(text, owner)
    card.move_to(Board.create("Second", by=owner, columns=[text]), owner)
    card.move_to(board, owner)
    card.triage_into(board.columns[1], owner)
    ApiToken.create(owner, name=text, scope=Scope.READ)
    db.session.commit()
    return text


PAGES = ["/", "/boards/1", "/boards/1?add=1", "/cards/1", "/cards/1?edit=1", "/boards/1/columns/1/edit",
         "/settings/general", "/settings/people", "/settings/tokens"]  # fmt: skip


def test_every_page_shows_it_as_text(client, written):
    for address in PAGES:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert written in Page(answer.text).everything, address
        harmless = re.sub(r'="[^"]*"', "", answer.text)
        assert not LIVE.search(harmless), (address, LIVE.search(harmless))


def test_fragments_and_refusals_show_it_as_text(client, written):
    asked = [
        ("/cards/1/keeping", {}, HTMX),
        ("/boards/1/cards", {"title": f"{written}{'x' * 256}"}, {}),
        ("/boards/1/cards", {"title": f"{written}{'x' * 256}"}, HTMX),
        ("/cards/1", {"title": "", "description": written}, {}),
        ("/cards/1/steps", {"text": f"{written}{'x' * 1000}"}, {}),
        ("/boards/1/columns", {"name": f"{written}{'x' * 120}"}, {}),
        ("/boards/1/columns/1", {"name": f"{written}{'x' * 120}", "hue": written}, {}),
        ("/boards", {"name": f"{written}{'x' * 120}"}, {}),
        ("/settings/people", {"name": written, "email": written, "password": written}, {}),
        ("/settings/tokens", {"name": f"{written}{'x' * 120}"}, {}),
    ]
    for address, typed, headers in asked:
        answer = client.post(address, data=typed, headers=headers)
        assert answer.status_code == (200 if "keeping" in address else 422), address
        assert written in Page(answer.text).everything, address
        harmless = re.sub(r'="[^"]*"', "", answer.text)
        assert not LIVE.search(harmless), (address, LIVE.search(harmless))


def test_what_is_announced_is_json(client, written):
    answer = client.post("/cards/1/triage", data={"column": "1"}, headers=HTMX)
    trigger = answer.headers["HX-Trigger"]
    assert trigger.isascii()
    assert "\n" not in trigger


def test_it_is_escaped_once(client, written):
    text = client.get("/boards/1").text
    assert str(escape(written)) in text
    assert "&amp;lt;" not in text


def test_titles_keep_their_own_direction(client, written):
    page = Page(client.get("/boards/1").text)
    assert all(title["dir"] == "auto" for title in page.all("h3", class_="card-title"))
    assert Page(client.get("/cards/1").text).one("h1")["dir"] == "auto"


def test_a_text_that_a_database_cannot_hold_is_refused_and_breaks_nothing(client, board):
    card = board.add_card("Odd")
    db.session.commit()
    answer = client.post(f"/cards/{card.number}/comments", data={"body": "a\x00b"})
    kept = db.session.scalar(db.select(db.func.count()).select_from(Comment))
    assert (answer.status_code, kept) in [(303, 1), (422, 0)]  # SQLite keeps it, PostgreSQL cannot
    assert client.get(f"/cards/{card.number}").status_code == 200


LONG = "- it\n" * 10_000


def test_ten_thousand_lines_are_kept_and_shown(client, card):
    assert client.post("/cards/1", data={"title": "Long", "description": LONG}).status_code == 303
    assert client.post("/cards/1/comments", data={"body": LONG}).status_code == 303
    assert client.get("/cards/1").text.count("<li>it</li>") == 20_000
    assert card.description == LONG


@pytest.mark.parametrize(
    ("address", "field", "most"),
    [
        ("/boards/1", "description", 10_000),
        ("/cards/1", "description", 100_000),
        ("/cards/1/comments", "body", 100_000),
    ],
)
def test_more_than_fits_is_refused_and_nothing_of_it_is_lost(client, board, card, address, field, most):
    text = LONG * 3
    answer = client.post(address, data={"title": "Long", "name": "Long", field: text})
    page = Page(answer.text)
    assert answer.status_code == 422
    assert f"{most:,} characters" in page.words
    assert [form.values[field] for form in page.forms if form.values.get(field)] == [text]
