"""A network whose plugin raises while a page is made: it says so beside its tab, and the others go on."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from host import Account, User, db, now
from host.models import ApiToken
from host.models.token import Scope
from host.plugging import plugins
from host.testing import sign_in
from plugins.publishing.connection import Connection
from plugins.publishing.post import Post
from plugins.publishing.scheduling import choose
from plugins.publishing.states import State

LOFT = """\
from decimal import Decimal
from plugins.publishing import Platform
from plugins.publishing.platform import Preview, Room

PLUGIN = Plugin("pigeons", title="Pigeons", requires=["publishing"])


class Loft(Platform):
    name, title, icon = "loft", "Pigeons", "send"

    def room(self, text, profile):
        return Room(len(text), 50)

    def problems(self, message, profile):
        return ()

    def cost(self, text):
        return Decimal("0.25")

    def key(self, seed, at):
        return seed

    def body(self, message, login):
        return message.text.encode()

    def preview(self, body):
        return Preview([(body.decode(), "")])

    def send(self, body, key, login, client): ...
    def settle(self, sent, login, client): ...


def broken(self, *given):
    FAULT


Loft.METHOD = broken


@hookimpl
def register_platforms():
    return [Loft()]
"""
METHODS = ["room", "problems", "cost", "key", "body", "preview"]
SAYS = "This network&#39;s plugin failed."


@pytest.fixture
def broken(plant, make_app, data):
    """broken("room"): a program with a network that fails there."""

    def begin(method: str, fault: str = "1 / 0"):
        plant("pigeons", LOFT.replace("METHOD", method).replace("FAULT", fault))
        return make_app(data=data, plugins=("pigeons", "publishing"), strict=False)

    return begin


@pytest.fixture
def post():
    """post(): Ada's, for pigeons and for Mastodon, in the program that was made last."""

    def write() -> Post:
        ada = Account.open("Meadow", owner_name="Ada Field", email="ada@example.org")
        post = Post.draft(ada, ["The kettle is on."])
        choose(post, [connected(ada, "pigeons.loft"), connected(ada, "mastodon")])
        db.session.commit()
        return post

    return write


def connected(ada: User, platform: str) -> Connection:
    made = Connection(account=ada.account, owner=ada, platform=platform, remote_id=platform, handle=f"@{platform}")
    db.session.add(made)
    return made


def browser_of(app: Flask, person: User) -> FlaskClient:
    browser = app.test_client()
    sign_in(browser, person)
    browser.trust()
    return browser


def form(post: Post, **more: object) -> dict[str, object]:
    chosen = [str(target.connection_id) for target in post.targets]
    return {"revision": post.revision, "text": post.texts, "connection": chosen, **more}


@pytest.mark.parametrize("fault", ["1 / 0", "raise SystemExit(3)"])
@pytest.mark.parametrize("method", METHODS)
def test_the_composer_says_so_and_shows_the_others(broken, post, method, fault):
    app = broken(method, fault)
    kept = post()
    browser = browser_of(app, kept.author)
    for page in (
        browser.get(f"/publishing/posts/{kept.id}"),
        browser.post(f"/publishing/posts/{kept.id}/count", data=form(kept)),
        browser.post(f"/publishing/posts/{kept.id}", data=form(kept, do="detach:pigeons.loft")),
    ):
        assert page.status_code == 200
        assert page.text.count(SAYS) == 1
        assert "17/500" in page.text
    assert 'name="text-pigeons.loft"' in page.text
    assert {incident.moment for incident in plugins().found["pigeons"].faults} == {"network pigeons.loft"}


def test_one_that_works_is_counted_charged_and_seen(broken, post):
    app = broken("unused")
    kept = post()
    browser = browser_of(app, kept.author)
    page = browser.get(f"/publishing/posts/{kept.id}").text
    assert "17/50<" in page
    assert "Pigeons charges $0.25 for this." in page
    assert "Preview on Pigeons" in page
    assert SAYS not in page


@pytest.mark.parametrize("method", ["room", "problems", "key"])
def test_it_is_not_scheduled_and_its_connection_says_why(broken, post, method):
    app = broken(method)
    kept = post()
    browser = browser_of(app, kept.author)
    at = (now() + timedelta(hours=1)).astimezone(kept.author.timezone).strftime("%Y-%m-%dT%H:%M")
    page = browser.post(f"/publishing/posts/{kept.id}", data=form(kept, do="schedule", at=at))
    assert page.status_code == 422
    assert SAYS in page.text.partition('id="targets"')[2]
    db.session.expire_all()
    assert {target.state for target in kept.targets} == {State.DRAFT}


@pytest.mark.parametrize("method", METHODS)
def test_programs_hear_of_it(broken, post, method):
    app = broken(method)
    kept = post()
    headers = {"Authorization": f"Bearer {ApiToken.create(kept.author, name='tests', scope=Scope.WRITE)}"}
    db.session.commit()
    answer = app.test_client().get(f"/api/v1/posts/{kept.id}/preview", headers=headers)
    assert answer.status_code == 200
    seen = {each["network"]: each for each in answer.json}
    assert (seen["pigeons.loft"]["parts"], seen["pigeons.loft"]["cost"]) == ([], None)
    assert seen["pigeons.loft"]["problems"][0].startswith("This network's plugin failed.")
    assert (seen["mastodon"]["parts"][0]["used"], seen["mastodon"]["problems"]) == (17, [])


def test_words_for_a_network_to_which_it_does_not_go_are_counted(broken, post):
    app = broken("unused")
    kept = post()
    headers = {"Authorization": f"Bearer {ApiToken.create(kept.author, name='tests', scope=Scope.WRITE)}"}
    kept.write(kept.texts, {"x": {"texts": ["Own"]}}, revision=kept.revision, card=None)
    db.session.commit()
    answer = app.test_client().get(f"/api/v1/posts/{kept.id}/preview", headers=headers)
    assert answer.status_code == 200
    assert [each["parts"][0]["used"] for each in answer.json if each["network"] == "x"] == [3]
