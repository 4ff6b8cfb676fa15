"""The hooks that publishing offers, as other plugins use them."""

from datetime import timedelta

import pytest
from flask import Flask

from host import Account, User, db, now
from host.plugging import plugins
from host.testing import sign_in
from plugins.publishing import removing, telling
from plugins.publishing.connection import Connection
from plugins.publishing.platforms import platforms
from plugins.publishing.post import Post
from plugins.publishing.scheduling import choose, schedule
from plugins.publishing.states import State

PIGEONS = """\
from datetime import timedelta
from plugins.publishing import Ghost, Platform

PLUGIN = Plugin("pigeons", title="Pigeons", requires=["publishing"])
HEARD = []


class Loft(Platform):
    name, title, icon = "loft", "Pigeons", "send"

    def room(self, text, profile): ...
    def key(self, seed, at): ...
    def body(self, message, login): ...
    def preview(self, body): ...
    def send(self, body, key, login, client): ...
    def settle(self, sent, login, client): ...


def may_fail(hook):
    pass


@hookimpl
def register_platforms():
    may_fail("register_platforms")
    return [Loft()]


@hookimpl
def target_settled(target):
    HEARD.append((target.post.title, target.state.value))
    may_fail("target_settled")


@hookimpl
def post_deleted(post):
    HEARD.append((post.title, "deleted"))
    may_fail("post_deleted")


@hookimpl
def calendar_ghosts(person, begin, end):
    may_fail("calendar_ghosts")
    at = now() + timedelta(minutes=1)
    ghosts = [Ghost(at, "The third pigeon", "/pigeons/3", ["mastodon", "pigeons.loft"])]
    return [ghost for ghost in [*ghosts, Ghost(end, "After the end", "/pigeons/4")] if person.name.startswith("Ada")]


@hookimpl
def post_panel(post, reader):
    may_fail("post_panel")
    return CardPanel("Pigeons", "pigeons/panel.html", {"reader": reader.name, "which": WHICH})
"""
PANEL = '<p id="pigeons">{{ which }} flies for {{ reader }}: {{ post.title }}</p>'
FAULTS = ["1 / 0", "raise SystemExit(3)"]


@pytest.fixture
def pigeons(plant, make_app, data):
    """pigeons("post_panel", "1 / 0"): a program with another plugin, which fails there; its space, with Ada in it."""

    def begin(hook="", fault="pass", which='"Number 3"', panel=PANEL):
        source = PIGEONS.replace(f'may_fail("{hook}")', fault).replace("WHICH", which)
        plant("pigeons", source, **{"templates/pigeons/panel.html": panel})
        return make_app(data=data, plugins=("pigeons", "publishing"), strict=False)

    return begin


@pytest.fixture
def ada():
    """ada(): who opened a space in the program that was made last."""

    def open_space() -> User:
        person = Account.open("Meadow", owner_name="Ada Field", email="ada@example.org")
        db.session.commit()
        return person

    return open_space


@pytest.fixture
def written(ada):
    """written(): a post of Ada's for the feed of her space, in the program that was made last."""

    def write() -> Post:
        person = ada()
        post = Post.draft(person, ["The kettle is on."])
        choose(post, [Connection.feed_of(person.account)])
        schedule(post, now() + timedelta(hours=1), person)
        db.session.commit()
        return post

    return write


def page(app: Flask, person: User, path: str) -> str:
    """What they see there."""
    browser = app.test_client()
    sign_in(browser, person)
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.text


def heard() -> list[tuple[str, str]]:
    return plugins().found["pigeons"].module.HEARD


def moments() -> list[str]:
    return [incident.moment for incident in plugins().found["pigeons"].faults]


def settle(post: Post, state: State) -> None:
    target = post.targets[0]
    target.go(state)
    telling.tell(target)
    db.session.commit()


def test_hook_register_platforms(pigeons):
    pigeons()
    assert platforms()["pigeons.loft"].title == "Pigeons"


def test_hook_target_settled(pigeons, written):
    pigeons()
    post = written()
    settle(post, State.SCHEDULED)
    assert heard() == []  # it only waits
    settle(post, State.FAILED)
    settle(post, State.PUBLISHED)
    assert heard() == [(post.title, "failed"), (post.title, "published")]


def test_hook_post_deleted(pigeons, written):
    pigeons()
    post = written()
    removing.delete(post, post.author)
    assert heard() == [("The kettle is on.", "deleted")]


@pytest.mark.parametrize("view", ["month", "week", "list"])
def test_hook_calendar_ghosts(pigeons, ada, view):
    app = pigeons()
    person = ada()
    person.zone = "Pacific/Kiritimati"
    db.session.commit()
    at = (now() + timedelta(minutes=1)).astimezone(person.timezone)
    shown = page(app, person, f"/publishing?view={view}&day={at:%Y-%m-%d}")
    (_day, after) = shown.split(f'data-date="{at:%Y-%m-%d}"')
    ghost = after.partition("</li>")[0]
    assert 'href="/pigeons/3"' in ghost
    assert 'data-state="coming" draggable="false"' in ghost
    assert f"{at:%H:%M}</time>" in ghost
    assert all(f'aria-label="{each}"' in ghost for each in ("Mastodon", "Pigeons"))
    assert "The third pigeon" in ghost
    assert "After the end" not in shown
    assert 'To come <span class="num">1</span>' in shown


def test_ghosts_are_left_out_where_others_are_wanted_and_for_others(pigeons, ada):
    app = pigeons()
    person = ada()
    assert "The third pigeon" not in page(app, person, "/publishing?show=scheduled")
    assert "The third pigeon" in page(app, person, "/publishing?show=coming")
    person.name = "Ben Hollow"
    db.session.commit()
    shown = page(app, person, "/publishing")
    assert "The third pigeon" not in shown
    assert "To come" not in shown


def test_hook_post_panel(pigeons, written):
    app = pigeons()
    post = written()
    shown = page(app, post.author, f"/publishing/posts/{post.id}")
    assert '<p id="pigeons">Number 3 flies for Ada Field: The kettle is on.</p>' in shown
    assert 'id="composer-form"' in shown.partition('<p id="pigeons">')[0]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("hook", ["register_platforms", "calendar_ghosts", "post_panel"])
def test_a_plugin_that_raises_leaves_the_page(pigeons, written, hook, fault):
    app = pigeons(hook, fault)
    post = written()
    shown = page(app, post.author, f"/publishing/posts/{post.id}")
    assert "The kettle is on." in shown
    assert ("The third pigeon" in shown) is (hook != "calendar_ghosts")
    assert ('id="pigeons"' in shown) is (hook != "post_panel")
    assert set(moments()) == {hook}


@pytest.mark.parametrize(
    "given", ["[1]", "1", '[Ghost("soon", "x", "/x")]', '[Ghost(now().replace(tzinfo=None), "x", "/x")]']
)
def test_what_is_no_ghost_is_its_plugins_fault(pigeons, ada, given):
    app = pigeons("calendar_ghosts", f"return {given}")
    assert "The third pigeon" not in page(app, ada(), "/publishing")
    assert set(moments()) == {"calendar_ghosts"}


def test_what_is_no_panel_is_its_plugins_fault(pigeons, written):
    app = pigeons("post_panel", "return 'x'")
    post = written()
    page(app, post.author, f"/publishing/posts/{post.id}")
    assert set(moments()) == {"post_panel"}


def test_a_panel_whose_template_raises_is_a_notice(pigeons, written):
    app = pigeons(panel="{{ 1 // 0 }}")
    post = written()
    assert "Pigeons cannot be shown just now" in page(app, post.author, f"/publishing/posts/{post.id}")
    assert moments() == ["template pigeons/panel.html"]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("hook", ["target_settled", "post_deleted"])
def test_a_plugin_that_raises_at_a_change_leaves_the_change(pigeons, written, hook, fault):
    pigeons(hook, fault)
    post = written()
    settle(post, State.FAILED)
    removing.delete(post, post.author)
    db.session.commit()
    assert db.session.scalars(db.select(Post)).all() == []
    assert moments() == [hook]
