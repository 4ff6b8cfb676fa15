"""Settings that plugins bring: drawn, guarded and saved by the host, in isolation."""

import pytest
from sqlalchemy import select

from host.db import db
from host.models import Account, Board, Role, Tag, User
from host.plugging import plugins
from host.testing import sign_in
from tests.host.web.page import Page

SOURCE = """
from marshmallow import Schema as Form, fields, validate

class TreeForm(Form):
    kind = fields.Str(required=True, validate=validate.Length(1, 9, error="Nine letters at most."))
    class Meta:
        unknown = "exclude"

def save(target, values, actor):
    if values["kind"] == "ash":
        raise Invalid({{"kind": ["No ash, there is dieback."]}})
    if values["kind"] == "elm":
        db.session.add(Tag(account_id=actor.account_id, title="lost"))
        db.session.flush()
        raise ValueError("elm")
    db.session.add(Tag(account_id=actor.account_id, title=f"{{values['kind']}} by {{actor.handle}}"))

@hookimpl
def register_settings():
    return [
        SettingsPanel(
            key=f"orchard_{{level}}", level=level, title=f"Trees of the {{level}}", form=TreeForm, summary="Which?",
            read=lambda target: {read}, save=save, template="orchard/{template}.html", welcome={welcome!r},
            context=lambda target: {context}, allowed=lambda actor, target: {allowed},
        )
        for level in ("account", "board", "person")
    ]
"""
FIELDS = """
<form method="post"><input type="hidden" name="csrf_token" value="{{ csrf_token() }}">
<p>{{ panel.title }} for {{ target.name }} {{ more }}</p>
<input name="kind" value="{{ values.kind }}">{% for each in errors.kind %}<em>{{ each }}</em>{% endfor %}</form>
"""
ASKS = """<input name="kind" value="{{ values.kind }}">{% for each in errors.kind %}<em>{{ each }}</em>{% endfor %}"""


@pytest.fixture
def grow(plant, make_app, data):
    """grow(read="1 / 0"): a program with a plugin whose panels are as said."""

    def grown(**parts):
        usual = {"read": "{'kind': 'plum'}", "template": "fields", "context": "{'more': 'here'}", "welcome": ""}
        source = SOURCE.format(**{**usual, "allowed": "actor.is_admin", **parts})
        files = {"fields": FIELDS, "asks": ASKS, "broken": "{{ 1 / 0 }}"}
        plant("orchard", source, **{f"templates/orchard/{name}.html": text for name, text in files.items()})
        return make_app(plugins=["orchard"], data=data, strict=False)

    return grown


@pytest.fixture
def people():
    """Ada with a board, and Ben, in the newest program."""

    def made():
        owner = Account.open("Meadow", owner_name="Ada Field", email="ada@example.org")
        member = User.join(owner.account, name="Ben Hollow", email=None, role=Role.MEMBER)
        board = Board.create("Launch", by=owner)
        db.session.commit()
        return owner, member, board

    return made


def entering(app, person):
    client = app.test_client()
    client.trust()
    sign_in(client, person)
    return client


ADDRESSES = [
    "/settings/plugin/orchard/orchard_account",
    "/boards/1/settings/orchard/orchard_board",
    "/settings/mine/orchard/orchard_person",
]


@pytest.mark.parametrize(("address", "target"), [*zip(ADDRESSES, ["Meadow", "Launch", "Ada Field"], strict=True)])
def test_a_panel_is_drawn_and_saved(grow, people, address, target):
    app = grow()
    owner, _member, _board = people()
    client = entering(app, owner)
    page = Page(client.get(address).text)
    assert f"for {target} here" in page.words
    (form,) = [form for form in page.forms if "kind" in form.values]
    assert form.values["kind"] == "plum"
    answer = client.post(address, data={**form.values, "kind": "pear"})
    assert (answer.status_code, answer.headers["Location"]) == (303, address)
    assert db.session.scalars(select(Tag.title)).all() == ["pear by ada-field"]
    assert "Saved." in Page(client.get(address).text).said["toasts"]


@pytest.mark.parametrize("kind", ["", "x" * 10, "ash"])
def test_what_a_panel_refuses_comes_back(grow, people, kind):
    app = grow()
    owner, _member, _board = people()
    answer = entering(app, owner).post(ADDRESSES[0], data={"kind": kind})
    assert answer.status_code == 422
    page = Page(answer.text)
    (form,) = [form for form in page.forms if "kind" in form.values]
    assert form.values["kind"] == kind
    assert len(page.all("em")) == 1
    assert db.session.scalars(select(Tag)).all() == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_panel_is_guarded_both_ways(grow, people, address):
    app = grow()
    _owner, member, _board = people()
    client = entering(app, member)
    assert client.get(address).status_code == 403
    assert client.post(address, data={"kind": "pear"}).status_code == 403
    assert address not in client.get("/settings/people").text
    assert db.session.scalars(select(Tag)).all() == []


def test_only_panels_that_may_be_opened_are_listed(grow, people):
    app = grow()
    owner, _member, board = people()
    client = entering(app, owner)
    settings = Page(client.get("/settings/people").text)
    assert settings.one("a", href=ADDRESSES[0])
    assert settings.one("a", href=ADDRESSES[2])
    assert Page(client.get(f"/boards/{board.id}").text).one("a", href=ADDRESSES[1])


def test_a_panel_that_there_is_not_is_not_found(grow, people):
    app = grow()
    owner, _member, _board = people()
    client = entering(app, owner)
    for address in ("plugin/orchard/orchard_board", "plugin/other/orchard_account", "mine/x/y"):
        for method in ("GET", "POST"):
            assert client.open(f"/settings/{address}", method=method).status_code == 404


@pytest.mark.parametrize(
    "parts", [{"template": "broken"}, {"template": "missing"}, {"read": "1 / 0"}, {"context": "1 / 0"}]
)
def test_a_panel_that_fails_leaves_a_word_and_its_plugin_is_blamed(grow, people, parts):
    app = grow(**parts)
    owner, _member, _board = people()
    answer = entering(app, owner).get(ADDRESSES[0])
    assert answer.status_code == 200
    assert "Settings, Plugins says what went wrong." in Page(answer.text).words
    assert plugins().found["orchard"].faults


def test_a_guard_that_fails_keeps_the_panel_shut_and_nothing_else(grow, people):
    app = grow(allowed="1 / 0")
    owner, _member, board = people()
    client = entering(app, owner)
    assert client.get(ADDRESSES[0]).status_code == 403
    assert client.get("/settings/plugins").status_code == 200
    assert client.get(f"/boards/{board.id}").status_code == 200


def test_saving_that_fails_stores_nothing_and_says_so(grow, people):
    app = grow()
    owner, _member, _board = people()
    client = entering(app, owner)
    assert client.post(ADDRESSES[0], data={"kind": "elm"}).status_code == 303
    assert "That was not saved: the plugin failed." in Page(client.get(ADDRESSES[0]).text).said["toasts"]
    assert db.session.scalars(select(Tag)).all() == []
    assert "ValueError: elm" in plugins().found["orchard"].faults[-1].traceback


@pytest.mark.parametrize(("kind", "status"), [("pear", 303), ("ash", 422), ("elm", 303)])
def test_a_panels_question_on_the_first_page(grow, kind, status):
    app = grow(welcome="orchard/asks.html")
    client = app.test_client()
    client.trust()
    with client.session_transaction() as session:
        session["may_welcome"] = True
    assert Page(client.get("/welcome").text).one("input", name="kind")
    sent = {"name": "Meadow", "person": "Ada", "email": "a@example.org", "password": "a hedge of roses"}
    answer = client.post("/welcome", data={**sent, "start": "empty", "kind": kind})
    assert answer.status_code == status
    spaces = len(db.session.scalars(select(Account)).all())
    assert spaces == (status == 303)
    if status == 422:
        assert Page(answer.text).one("input", name="kind")["value"] == "ash"
    assert db.session.scalars(select(Tag.title)).all() == (["pear by ada"] if kind == "pear" else [])
