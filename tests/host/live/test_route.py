"""`GET /live` over the wire: who is let in, and what they hear."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

import pytest

from host import publish_live
from host.db import db
from host.live.gate import Gate, Listener
from host.live.wire import live
from host.models import ApiToken, UserSession
from host.models.session import digest
from host.models.token import Scope
from host.testing import sign_in
from tests.patience import until

PATIENCE = 10  # seconds


@pytest.fixture
def cookie(app, client) -> str:
    """Ada's."""
    name = app.config["SESSION_COOKIE_NAME"]
    return f"{name}={client.get_cookie(name).value}"


@pytest.fixture
def token(owner) -> str:
    text = ApiToken.create(owner, name="a script", scope=Scope.READ)
    db.session.commit()
    return text


@pytest.fixture
def get(live_server):
    """`get(path, **headers)` sends a request and gives the answer as it begins."""

    @contextmanager
    def request(path: str = "/live", method: str = "GET", **headers: str) -> Iterator[HTTPResponse]:
        connection = HTTPConnection(urlsplit(live_server).netloc, timeout=PATIENCE)
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        yield connection.getresponse()
        connection.close()

    return request


def test_a_session_opens_a_stream(get, cookie, owner):
    with get(Cookie=cookie) as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        assert answer.headers["Cache-Control"] == "no-store"
        tell(owner, "notifications")
        assert next_topic(answer) == "notifications"


def test_a_token_opens_one_below_the_api_too(get, token, owner):
    with get("/api/v1/live", Authorization=f"Bearer {token}") as answer:
        tell(owner, "notifications")
        assert next_topic(answer) == "notifications"


def test_each_hears_only_what_is_for_them(get, token, owner, member):
    with get(Authorization=f"Bearer {token}") as answer:
        tell(member, "notifications")
        tell(owner, "last")
        assert next_topic(answer) == "last"


def test_a_browser_that_lost_its_stream_goes_on_where_it_was(get, cookie, owner):
    with get(Cookie=cookie) as answer:
        tell(owner, "notifications")
        position = next_line(answer, "id: ")
    tell(owner, "missed")
    with get("/live?since=nonsense", Cookie=cookie, Last_Event_ID=position) as answer:
        assert next_topic(answer) == "missed"


def test_a_page_names_the_position_that_it_was_made_at(get, cookie, board, owner):
    with get(f"/boards/{board.id}", Cookie=cookie) as answer:
        page = answer.read().decode()
    tell(owner, "missed")
    with get(f"/live?since={since_of(page)}", Cookie=cookie) as answer:
        first = next_topic(answer)
        # PostgreSQL may have been still on its way with the word of the board when the page was made.
        assert (first if first == "missed" else next_topic(answer)) == "missed"


def test_the_position_is_taken_before_anything_is_read(get, app, cookie, board, owner):
    """On SQLite the first read fixes what the whole page sees; what is committed after it must come by the stream."""
    load_user = app.login_manager._user_callback

    def meanwhile(key: str):
        before = hub.position
        tell(owner, "missed")
        until(lambda: hub.position != before)
        return load_user(key)

    hub = live().hub
    app.login_manager.user_loader(meanwhile)
    with get(f"/boards/{board.id}", Cookie=cookie) as answer:
        page = answer.read().decode()
    app.login_manager.user_loader(load_user)
    with get(f"/live?since={since_of(page)}", Cookie=cookie) as answer:
        assert next_topic(answer) == "missed"


def test_strangers_are_refused(get, client, cookie):
    assert refused(get()) == 401
    assert refused(get(Cookie="fallow_session=forged")) == 401
    # Whoever sends a token does not mean the cookie.
    assert refused(get(Cookie=cookie, Authorization="Bearer fallow_wrong")) == 401
    with get() as answer:
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert json.loads(answer.read())["title"] == "Unauthorized"


def test_a_revoked_session_and_a_deactivated_person_are_refused(get, client, cookie, token, owner):
    db.session.query(UserSession).delete()
    db.session.commit()
    assert refused(get(Cookie=cookie)) == 401
    owner.active = False
    db.session.commit()
    assert refused(get(Authorization=f"Bearer {token}")) == 401


def test_a_foreign_name_is_refused_before_anybody_is_looked_up(get, cookie):
    """A page elsewhere whose name was turned to 127.0.0.1 would come with this Host."""
    assert refused(get(Cookie=cookie, Host="evil.example:7333")) == 400


def test_pages_of_other_sites_are_refused(get, cookie, live_server):
    assert refused(get(Cookie=cookie, Origin="https://evil.example")) == 403
    assert refused(get(Cookie=cookie, Origin="http://localhost:1")) == 403  # same site, as browsers see it
    assert refused(get(Cookie=cookie, Sec_Fetch_Site="same-site")) == 403
    with get(Cookie=cookie, Origin=live_server, Sec_Fetch_Site="same-origin") as answer:
        assert answer.status == 200


def test_only_get_is_answered(get, cookie):
    assert refused(get(method="POST", Cookie=cookie)) == 405


def test_the_gate_knows_whose_right_to_listen_has_ended(app, owner, member):
    def listener(person, key: str) -> Listener:
        return Listener(person.id, person.account_id, digest(key))

    by_session = listener(owner, UserSession.open(owner).get_id())
    by_token = listener(owner, ApiToken.create(owner, name="a script", scope=Scope.READ))
    revoked = listener(owner, "no session has this key")
    deactivated = listener(member, ApiToken.create(member, name="another", scope=Scope.READ))
    member.active = False
    db.session.commit()
    asked = [by_session, by_token, revoked, deactivated]
    assert Gate(app).gone(asked) == {revoked, deactivated}


def test_signing_out_takes_the_stream_away(get, app, anonymous, owner):
    sign_in(anonymous, owner)
    name = app.config["SESSION_COOKIE_NAME"]
    with get(Cookie=f"{name}={anonymous.get_cookie(name).value}") as answer:
        assert answer.status == 200
        [stream] = live().hub.streams
        anonymous.post("/session/delete")
        assert live().hub.gate.gone([stream.listener]) == {stream.listener}


def tell(person, topic: str) -> None:
    publish_live(topic, account_id=person.account_id, to=[person.id])
    db.session.commit()


def since_of(page: str) -> str:
    return page.partition('data-since="')[2].partition('"')[0]


def refused(request) -> int:
    with request as answer:
        return answer.status


def next_topic(answer: HTTPResponse) -> str:
    return next_line(answer, "data: ")


def next_line(answer: HTTPResponse, beginning: str) -> str:
    for line in iter(answer.readline, b""):
        text = line.decode().rstrip("\n")
        if text.startswith(beginning):
            return text.removeprefix(beginning)
    raise AssertionError("the stream ended")
