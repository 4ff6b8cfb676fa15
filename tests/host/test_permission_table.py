"""docs/permissions.md, row by row: each person tries each thing, on the page and by the API."""

import re
from pathlib import Path

import pytest

from host.db import db
from host.models import ApiToken, Board, Card, Invitation, Role, User
from host.models.token import Scope
from host.testing import sign_in

DOCS = Path(__file__).parents[2] / "docs" / "permissions.md"
WHO = ("Owner", "Admin", "Creator", "Member", "Not let in")
ANSWERS = {"yes": (200, 201, 204, 302, 303), "no": (403,), "hidden": (404,)}

# What a row must send for it to be done.
SENT = {
    "POST /boards": {"name": "Sown"},
    "POST /boards/{board}": {"name": "Sown"},
    "PATCH /boards/{board}": {"name": "Sown"},
    "POST /boards/{board}/columns": {"name": "Ripe"},
    "POST /boards/{board}/columns/{column}": {"name": "Ripe"},
    "PATCH /boards/{board}/columns/{column}": {"name": "Ripe"},
    "POST /boards/{board}/columns/{column}/position": {"position": 0},
    "POST /boards/{board}/cards": {"title": "Rake"},
    "POST /cards/{card}/comments": {"body": "Hm"},
    "POST /boards/{board}/copies": {"name": "Sown"},
    "POST /settings/people/invitations": {"uses": 3, "days": 3},
    "POST /invitations": {},
    "POST /settings/people/{person}/role": {"role": "member"},
    "PUT /users/{person}/role": {"role": "member"},
    "POST /settings/people/{owner}/role": {"role": "member"},
    "PUT /users/{owner}/role": {"role": "member"},
    "POST /settings/tags/{tag}": {"hue": "rust"},
    "PATCH /tags/{tag}": {"hue": "rust"},
    "POST /settings/tags/{tag}/merging": {"into": "{other}"},
    "POST /tags/{tag}/merging": {"into": "{other}"},
    "POST /cards/{card}/taggings": {"tag": "sown"},
    "POST /settings/general": {"name": "Heath"},
}


def rows():
    """(what is asked, the answer to each who has one): those of pages, and those of the API with its prefix."""
    for line in DOCS.read_text().splitlines():
        cells = [cell.strip().strip("`") for cell in line.strip("|").split("|")]
        if line.startswith("| ") and cells[0] not in ("To", "---"):
            _what, page, api, *said = cells
            answers = {who: answer for who, answer in zip(WHO, said, strict=True) if answer}
            yield from ((asked, answers) for asked in (page, api.replace(" /", " /api/v1/")) if asked)


@pytest.fixture
def people(account, owner, member):
    """One of each; the admin who is not let in is as much an admin as the other."""
    admin, outside = (User.join(account, name=name, email=None, role=Role.ADMIN) for name in ("Cleo", "Dot"))
    creator = User.join(account, name="Eli", email=None)
    return dict(zip(WHO, (owner, admin, creator, member, outside), strict=True))


@pytest.fixture
def things(people):
    """things(): the ids of a new board of Eli's with a card and a column, which Dot does not see, and of a person."""

    def make():
        creator = people["Creator"]
        board = Board.create("Seeds", by=creator, columns=["Sown"])
        board.open_to([person for who, person in people.items() if who != "Not let in"], by=creator)
        card: Card = board.add_card("Rye", by=creator)
        other, gone = (User.join(board.account, name=name, email=None) for name in ("Finn", "Gil"))
        gone.dismiss(by=people["Owner"])
        tag, other_tag = (card.tag(f"{word} {card.number}") for word in ("rye", "oats"))
        link = Invitation.create(by=people["Owner"])
        db.session.commit()
        ids = {"board": board.id, "column": board.columns[0].id, "card": card.number, "invitation": link.id}
        ids |= {"tag": tag.id, "other": other_tag.id}
        return {**ids, "person": other.id, "gone": gone.id, "owner": people["Owner"].id}

    return make


@pytest.fixture
def ask(app, people):
    """ask(who, "POST", "/boards", {…}): the status of what their browser, or their program, is answered."""

    def answer(who, method, path, sent):
        client = app.test_client()
        if path.startswith("/api/"):
            token = ApiToken.create(people[who], name="t", scope=Scope.WRITE)
            db.session.commit()
            given = {"json": sent, "headers": {"Authorization": f"Bearer {token}"}}
        else:
            client.trust()
            sign_in(client, people[who])
            given = {"data": sent}
        status = client.open(path, method=method, **given).status_code
        db.session.rollback()
        return status

    return answer


@pytest.mark.sqlite_only("who may do what is asked of Python")
@pytest.mark.parametrize(("asked", "answers"), [*rows()])
def test_each_may_do_what_the_table_says(things, ask, asked, answers):
    method, path = asked.split()
    for who, said in answers.items():
        ids = things()
        sent = {name: ids["other"] if value == "{other}" else value for name, value in _sent(asked).items()}
        status = ask(who, method, path.format(**ids), sent)
        assert status in ANSWERS[said], (who, status)


def _sent(asked):
    return SENT.get(asked.replace("/api/v1", ""), {})


def test_the_table_is_read():
    assert len([*rows()]) >= 30
    assert all(re.fullmatch(r"(GET|POST|PUT|PATCH|DELETE) /\S*", asked) for asked, _answers in rows())
