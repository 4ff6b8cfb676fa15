"""The whole walk through a network's door, over real HTTP: yes, no, twice, too late, and by somebody else."""

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from host import db, now
from host.testing import sign_in
from plugins.publishing.connection import Connection
from plugins.publishing.ending import ends_at
from plugins.publishing.visit import ENTERED, Stage, Visit
from tests.peers.bluesky import BlueskyPeer
from tests.peers.linkedin import LinkedInPeer
from tests.peers.mastodon import MastodonPeer
from tests.peers.telegram import TOKEN, TelegramPeer
from tests.peers.x import XPeer

KEYS = {"client_id": "app-with-secret", "client_secret": "hush"}


@pytest.fixture
def at(app, allow, begin_peer):
    """`at("x", XPeer)`: a network on this machine, in whose place the installation names it."""

    def begin(name, kind):
        peer = begin_peer(kind)
        allow("127.0.0.0/8")
        fallow = app.extensions["fallow"]
        given = {f"publishing.{name}.{key}": peer.url for key in ("api", "site")}
        fallow.config = replace(fallow.config, addresses=given)
        return peer

    return begin


@pytest.fixture
def mastodon(at):
    return at("mastodon", MastodonPeer)


@pytest.fixture
def x(at):
    return at("x", XPeer)


@pytest.fixture
def connect(client, drain_jobs):
    """`connect("x", client_id="…")`: the visit, once a job has asked the network."""

    def go(platform, **typed):
        answer = client.post(f"/publishing/connections/new/{platform}", data=typed)
        assert answer.status_code == 303, answer.text
        assert client.get(answer.location).status_code == 200
        drain_jobs()
        db.session.expire_all()
        return db.session.get_one(Visit, int(answer.location.rpartition("/")[2]))

    return go


@pytest.fixture
def come(client, drain_jobs):
    """`come("/publishing/visits/return?…")`: back from the network; the answer, once jobs have run."""

    def go(address, by=client):
        answer = by.get(address)
        drain_jobs()
        db.session.expire_all()
        return answer

    return go


def agreed(visit):
    """The person says yes; where the network sends them, as a path of ours."""
    back = urlsplit(httpx.get(visit.url).headers["location"])
    assert f"{back.scheme}://{back.netloc}{back.path}" == visit.redirect
    return f"{back.path}?{back.query}"


def state_of(visit):
    return parse_qs(urlsplit(visit.url).query)["state"][0]


def connections():
    return db.session.scalars(db.select(Connection).order_by(Connection.id)).all()


def test_mastodon_by_a_visit_there(client, mastodon, connect, come):
    visit = connect("mastodon", instance=mastodon.url)
    assert visit.stage is Stage.AWAY
    page = client.get(f"/publishing/visits/{visit.id}").text
    assert "Go to Mastodon" in page
    assert "noscript" not in page
    answer = come(agreed(visit))
    assert answer.status_code == 303
    assert answer.location == f"/publishing/visits/{visit.id}"
    [made] = connections()
    assert (visit.stage, visit.connection, made.platform) == (Stage.DONE, made, "mastodon")
    assert made.login.tokens.access in mastodon.tokens
    assert (visit.entered, visit.memory, visit.code, visit.secret, visit.url) == (None,) * 5
    assert "Connected" in client.get(answer.location).text


def test_x_by_an_app_of_ones_own(client, x, connect, come):
    visit = connect("x", **KEYS)
    come(agreed(visit))
    [made] = connections()
    assert (made.handle, made.app is not None, ends_at(made)) == ("ada", True, None)
    assert made.profile[ENTERED] == {"client_id": "app-with-secret"}
    page = client.get("/publishing/connections").text
    assert "Publishes" in page
    assert "hush" not in page
    again = client.get(f"/publishing/connections/new/x?again={made.id}").text
    assert 'value="app-with-secret"' in again
    assert "hush" not in again
    assert visit.redirect in again


def test_connecting_again_renews_the_same_connection(x, connect, come):
    come(agreed(connect("x", **KEYS)))
    [made] = connections()
    made.disconnect(made.owner)
    db.session.commit()
    come(agreed(connect("x", **KEYS)))
    assert connections() == [made]
    assert made.removed_at is None
    assert made.login.tokens.access


def test_a_no_is_said_kindly(client, x, connect, come):
    visit = connect("x", **KEYS)
    no = f"/publishing/visits/return?error=access_denied&state={state_of(visit)}"
    assert come(no).status_code == 303
    assert visit.stage is Stage.FAILED
    assert "X was told no, so nothing was connected." in client.get(f"/publishing/visits/{visit.id}").text
    assert connections() == []
    assert come(no).status_code == 409


def test_what_went_wrong_there_is_named_but_not_repeated_as_it_likes(client, x, connect, come):
    visit = connect("x", **KEYS)
    come(f"/publishing/visits/return?error=<b>Call+555-1234</b>&state={state_of(visit)}")
    page = client.get(f"/publishing/visits/{visit.id}").text
    assert "X sent you back without a code (?)." in page
    assert "555" not in page


def test_a_way_back_is_good_once(x, connect, come):
    back = agreed(connect("x", **KEYS))
    assert come(back).status_code == 303
    second = come(back)
    assert second.status_code == 409
    assert "This visit is over." in second.text
    assert len(connections()) == 1
    assert len(x.asked("token")) == 1


def test_a_look_ahead_does_not_use_it_up(client, x, connect, come):
    visit = connect("x", **KEYS)
    back = agreed(visit)
    assert client.head(back).status_code == 200
    assert visit.stage is Stage.AWAY
    assert come(back).status_code == 303


@pytest.mark.parametrize("state", ["", "guessed", "%00%ff", "x" * 5000, "../../settings", "https://evil.example"])
def test_a_state_that_we_did_not_give_is_refused(x, connect, come, state):
    visit = connect("x", **KEYS)
    answer = come(f"/publishing/visits/return?state={state}&code=abc&next=https://evil.example")
    assert answer.status_code == 404
    assert "Begin again." in answer.text
    assert visit.stage is Stage.AWAY
    assert x.asked("token") == []


@pytest.mark.parametrize("code", ["", "%20", "c" * 4001])
def test_what_is_no_code_is_refused(x, connect, come, code):
    visit = connect("x", **KEYS)
    assert come(f"/publishing/visits/return?state={state_of(visit)}&code={code}").status_code == 409
    assert visit.stage is Stage.AWAY


def test_another_persons_state_and_visit_are_refused(app, x, connect, come, member, caplog):
    visit = connect("x", **KEYS)
    other = app.test_client()
    sign_in(other, member)
    other.trust()
    assert come(agreed(visit), by=other).status_code == 404
    assert f"person {member.id} came with a state that is of no visit of theirs" in caplog.text
    assert other.get(f"/publishing/visits/{visit.id}").status_code == 404
    assert other.post(f"/publishing/visits/{visit.id}/code", data={"code": "abc"}).status_code == 404
    db.session.expire_all()
    assert (visit.stage, connections()) == (Stage.AWAY, [])


def test_a_stranger_signs_in_first(app, x, connect):
    answer = app.test_client().get(agreed(connect("x", **KEYS)))
    assert answer.status_code == 302
    assert answer.location.startswith("/session/new?next=/publishing/visits/return")
    assert connections() == []


def test_it_lasts_for_an_hour(x, connect, come, travel):
    back = agreed(connect("x", **KEYS))
    travel(minutes=61)
    answer = come(back)
    assert answer.status_code == 409
    assert "That took too long." in answer.text
    assert x.asked("token") == []


def test_the_code_or_the_address_of_the_page_can_be_pasted(client, mastodon, connect, drain_jobs):
    for paste in (lambda code, back: f"  {code} ", lambda code, back: f"http://localhost:1{back}"):
        visit = connect("mastodon", instance=mastodon.url)
        back = agreed(visit)
        code = parse_qs(urlsplit(back).query)["code"][0]
        pasted = client.post(f"/publishing/visits/{visit.id}/code", data={"code": paste(code, back)})
        assert pasted.status_code == 303
        drain_jobs()
        db.session.expire_all()
        assert visit.stage is Stage.DONE


@pytest.mark.parametrize(
    ("pasted", "status"),
    [("", 409), ("http://[::1", 409), ("http://a.example/?code=abc&state=guessed", 404), ("http://a.example/", 409)],
)
def test_what_is_pasted_wrong_is_said_beside_the_field(client, x, connect, pasted, status):
    visit = connect("x", **KEYS)
    answer = client.post(f"/publishing/visits/{visit.id}/code", data={"code": pasted})
    assert answer.status_code == status
    assert "Begin again." in answer.text
    assert "Go to X" in answer.text
    db.session.expire_all()
    assert visit.stage is Stage.AWAY


def test_a_code_that_the_network_does_not_take_ends_the_visit(client, x, connect, come):
    visit = connect("x", **KEYS)
    come(f"/publishing/visits/return?state={state_of(visit)}&code=guessed")
    assert visit.stage is Stage.FAILED
    assert "X does not take this code" in client.get(f"/publishing/visits/{visit.id}").text


def test_bluesky_by_an_app_password(client, at, connect):
    peer = at("bluesky", BlueskyPeer)
    visit = connect("bluesky", handle="ada.bsky.social", password=peer.ada.app_password)
    assert visit.stage is Stage.DONE
    [made] = connections()
    assert (made.handle, made.addresses) == ("ada.bsky.social", {})
    assert made.login.addresses["api"] == peer.url
    assert peer.ada.app_password not in client.get("/publishing/connections").text


def test_a_wrong_app_password_is_told(client, at, connect):
    at("bluesky", BlueskyPeer)
    visit = connect("bluesky", handle="ada.bsky.social", password="aaaa-bbbb-cccc-dddd")
    assert visit.stage is Stage.FAILED
    page = client.get(f"/publishing/visits/{visit.id}").text
    assert "Try again" in page
    assert visit.why
    assert visit.why.split("'")[0][:20] in page
    assert "aaaa-bbbb" not in page
    assert connections() == []


def test_telegram_by_a_bot(at, connect):
    peer = at("telegram", TelegramPeer)
    visit = connect("telegram", token=TOKEN, channel="@orchard_news")
    assert visit.stage is Stage.DONE
    [made] = connections()
    assert (made.handle, made.remote_id) == ("@orchard_news", str(peer.channel.id))


def test_a_bot_that_telegram_does_not_know_is_told(at, connect):
    at("telegram", TelegramPeer)
    visit = connect("telegram", token=TOKEN[:-1] + "x", channel="@orchard_news")
    assert visit.stage is Stage.FAILED
    assert TOKEN[:20] not in (visit.why or "")


def test_what_is_wrong_stands_beside_its_field_and_secrets_are_not_echoed(client):
    typed = {"handle": "ada", "password": "my-real-password", "server": "https://bsky.social"}
    answer = client.post("/publishing/connections/new/bluesky", data=typed)
    assert answer.status_code == 422
    assert re.search(r'id="f-handle"[^>]*aria-describedby="f-handle-hint f-handle-errors"[^>]*value="ada"', answer.text)
    assert 'id="f-password-errors"' in answer.text
    assert "my-real-password" not in answer.text
    assert db.session.scalars(db.select(Visit)).all() == []


@pytest.mark.parametrize("typed", [{}, {"client_id": "x" * 4001}, {"client_id": "a b"}])
def test_what_cannot_be_right_makes_no_visit(client, typed):
    assert client.post("/publishing/connections/new/x", data=typed).status_code == 422
    assert db.session.scalars(db.select(Visit)).all() == []


@pytest.mark.parametrize("platform", ["feed", "pigeons", "pigeons.loft"])
def test_there_is_nothing_to_connect_where_there_is_no_door(client, platform):
    assert client.get(f"/publishing/connections/new/{platform}").status_code == 404
    assert client.post(f"/publishing/connections/new/{platform}").status_code == 404


@pytest.mark.parametrize("platform", ["x", "linkedin", "mastodon", "bluesky", "telegram"])
def test_each_network_says_step_by_step_how(client, platform):
    page = client.get(f"/publishing/connections/new/{platform}").text
    assert page.count("<li>") >= 3
    shows_address = "http://127.0.0.1:7333/publishing/visits/return" in page
    assert shows_address == (platform in ("x", "linkedin", "mastodon"))


@pytest.mark.parametrize("again", ["-1", "99999999999999999999", "abc", "1"])
def test_what_is_connected_again_may_be_anything(client, again):
    assert client.get(f"/publishing/connections/new/x?again={again}").status_code == 200


def test_the_public_address_is_where_people_come_back(app, client):
    fallow = app.extensions["fallow"]
    before = fallow.config
    fallow.config = replace(before, public_url="https://fallow.example.org/")
    page = client.get("/publishing/connections/new/x").text
    fallow.config = before
    assert "https://fallow.example.org/publishing/visits/return" in page


def test_a_network_that_is_away_is_said(client, allow, connect):
    allow("127.0.0.0/8")
    visit = connect("mastodon", instance="http://127.0.0.1:9")
    assert visit.stage is Stage.FAILED
    assert "Try again" in client.get(f"/publishing/visits/{visit.id}").text


def test_while_a_job_asks_a_page_without_scripts_looks_again(client):
    answer = client.post("/publishing/connections/new/mastodon", data={"instance": "peer.example"})
    assert '<noscript><meta http-equiv="refresh"' in client.get(answer.location).text


def test_linkedin_by_an_app_of_ones_own_for_two_months(at, connect, come, client):
    peer = at("linkedin", LinkedInPeer)
    client_id, client_secret = peer.app
    visit = connect("linkedin", client_id=client_id, client_secret=client_secret)
    come(agreed(visit))
    assert visit.stage is Stage.DONE, visit.why
    [made] = connections()
    assert timedelta(days=59) < ends_at(made) - now() <= timedelta(days=60)
    assert client_secret not in client.get("/publishing/connections").text


def test_a_fresh_token_that_is_refused_for_some_seconds_is_waited_for(at, connect, come, travel, drain_jobs):
    peer = at("linkedin", LinkedInPeer)
    peer.settles = timedelta(seconds=4)
    client_id, client_secret = peer.app
    visit = connect("linkedin", client_id=client_id, client_secret=client_secret)
    come(agreed(visit))
    assert (visit.stage, connections()) == (Stage.RETURNED, [])
    travel(seconds=20)
    drain_jobs()
    db.session.expire_all()
    assert visit.stage is Stage.DONE, visit.why
    assert len(peer.asked("token")) == 1
