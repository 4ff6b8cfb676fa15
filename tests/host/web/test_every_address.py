"""What holds for every address there is, also for those that come later."""

import re

import pytest

from host.db import db
from host.models import Board, Card, User
from host.models.session import UserSession
from host.testing import sign_in

OPEN = {"assets", "sessions.new", "sessions.create", "themes.update", "welcome.show", "welcome.create", "launch.show",
        "health.show", "publicboards.show", "publicboards.column", "publicboards.card", "joins.new",
        "joins.create"}  # fmt: skip
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
FORBIDDEN = re.compile(r"<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=|javascript:|https?://(?!www\.w3)")
POLICY = "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"


def addresses(app, method, **values):
    """(endpoint, address) of every page that takes this method; `values` fill what an address names."""
    for rule in app.url_map.iter_rules():
        if method in rule.methods and not rule.rule.startswith(("/api/", "/static/")):
            chosen = {name: values.get(name, 1) for name in rule.arguments}
            yield rule.endpoint, app.url_map.bind("localhost").build(rule.endpoint, chosen, method=method)


@pytest.fixture
def foreign(owner, stranger, member):
    """Boards and cards that Ada may not know of: of another space, and of a closed board in her own."""
    theirs = Board.create("Theirs", by=stranger, columns=["Secret"])
    closed = Board.create("Closed", by=member, all_access=False, columns=["Secret"])
    cards = [Card.create(board, "Secret", by=board.creator, column=board.columns[0]) for board in (theirs, closed)]
    cards[0].number = 77  # a number that her own space has not given
    steps = [card.add_step("Secret") for card in cards]
    db.session.commit()
    return [
        {"board_id": card.board_id, "number": card.number, "column": card.column_id, "step": step.id}
        for card, step in zip(cards, steps, strict=True)
    ]


def about(app, method, thing):
    """The addresses that name the thing's board or card."""
    for endpoint, address in addresses(app, method, number=thing["number"], board_id=thing["board_id"]):
        if "/cards/" in address or "/boards/" in address:
            noun = endpoint.partition(".")[0]
            own = {"columns": thing["column"], "steps": thing["step"]}.get(noun, thing["board_id"])
            yield endpoint, re.sub(r"(?<=/columns/)1|(?<=/steps/)1|(?<=/boards/)1(?!\d)", str(own), address, count=1)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_somebody_may_not_know_of_is_not_found(app, client, foreign, method):
    typed = dict.fromkeys(("title", "name", "body", "text", "tag"), "x")
    typed |= dict.fromkeys(("person", "column", "folded"), "1")
    tried = 0
    for thing in foreign:
        for endpoint, address in about(app, method, thing):
            answer = client.open(address, method=method, data=typed if method == "POST" else None)
            assert answer.status_code == 404, (endpoint, address, answer.status_code)
            assert "Secret" not in answer.text, endpoint
            tried += 1
    assert tried >= (10 if method == "GET" else 40)


def test_an_unknown_one_looks_the_same(client, foreign):
    unknown, theirs = (client.get(f"/cards/{number}") for number in (4711, 77))
    assert unknown.text.replace("4711", "77") == theirs.text
    unknown, theirs = (client.get(f"/boards/{board}") for board in (4711, foreign[0]["board_id"]))
    assert unknown.text == theirs.text


def test_a_number_beyond_any_row_is_not_found(client):
    for address in ("/cards/9223372036854775807", "/cards/9223372036854775808", "/boards/99999999999999999999999"):
        assert client.get(address).status_code == 404


def test_who_is_not_signed_in_is_asked_to(app, anonymous, owner):
    for method in ("GET", "POST"):
        for endpoint, address in addresses(app, method):
            if endpoint not in OPEN:
                answer = anonymous.open(address, method=method)
                assert answer.status_code == 302, (endpoint, answer.status_code)
                assert answer.headers["Location"].startswith("/session/new"), endpoint


def test_every_form_needs_its_token(app, client, board):
    for method in UNSAFE:
        for endpoint, address in addresses(app, method):
            for token in ("", "made-up"):
                answer = client.open(address, method=method, headers={"X-CSRFToken": token})
                assert answer.status_code == 400, (endpoint, answer.status_code)


def test_another_visitors_token_is_no_good(app, client, board):
    other = app.test_client()
    page = other.get("/session/new").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    answer = client.post("/boards", data={"name": "x"}, headers={"X-CSRFToken": token})
    assert answer.status_code == 400
    assert db.session.scalars(db.select(Board.name)).all() == ["Launch"]


def test_every_answer_carries_what_keeps_browsers_in_bounds(app, client, board, card):
    for endpoint, address in addresses(app, "GET", number=card.number, board_id=board.id):
        answer = client.get(address)
        assert answer.headers["Content-Security-Policy"] == POLICY, endpoint
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cache-Control"].startswith(("private", "no-store")), endpoint
    assert client.get("/nowhere").headers["Content-Security-Policy"] == POLICY


def test_no_page_holds_what_the_policy_forbids(app, client, board, card):
    for endpoint, address in addresses(app, "GET", number=card.number, board_id=board.id):
        assert not FORBIDDEN.search(client.get(address).text), endpoint


@pytest.mark.parametrize("host", ["evil.example", "fallow.example.evil.org", "127.0.0.1.evil.org", "localhost.evil"])
def test_another_name_for_this_machine_is_refused(client, board, host):
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert "Launch" not in answer.text


@pytest.mark.parametrize("host", ["localhost:7333", "127.0.0.1:1", "[::1]:80"])
def test_this_machine_is_known_by_its_own_names(client, board, host):
    answer = client.get("/session/new", headers={"Host": host})
    assert answer.status_code in (200, 302)


def test_the_cookie_is_kept_from_scripts_and_other_sites(app):
    (cookie,) = app.test_client().get("/session/new").headers.getlist("Set-Cookie")
    assert cookie.startswith("fallow_session=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie


def test_on_an_https_address_the_cookie_goes_there_alone(make_app):
    app = make_app(plugins=(), public_url="https://fallow.example")
    client = app.test_client()
    answer = client.get("/session/new", base_url="https://fallow.example")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert client.get("/session/new", headers={"Host": "other.example"}).status_code == 400


def test_whoever_was_deactivated_is_out_at_once(app, anonymous, member):
    sign_in(anonymous, member)
    assert anonymous.get("/settings/people").status_code == 200
    db.session.get(User, member.id).deactivate()
    db.session.commit()
    assert anonymous.get("/settings/people").status_code == 302
    assert db.session.scalars(db.select(UserSession)).all() == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_a_page_takes_only_what_it_is_for(client, board, method):
    answer = client.open(f"/boards/{board.id}", method=method)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert "Back to the boards" in answer.text
