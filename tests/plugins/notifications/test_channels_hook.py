"""The hook by which other plugins bring channels."""

import pytest

from host import Account, db, schedule
from host.jobs import drain
from host.plugging import plugins
from host.plugging.state import State
from host.testing import sign_in
from plugins.notifications.channel import PAGE, Channel
from plugins.notifications.channel_jobs import try_channel
from plugins.notifications.channel_kinds import kinds

PIGEONS = """\
from plugins.notifications import ChannelFault, ChannelField, ChannelKind
from host import Invalid

PLUGIN = Plugin("aviary", title="Aviary", requires=["notifications"])
FLOWN = []


def check(settings):
    if settings["loft"] == "nowhere":
        raise Invalid({"loft": ["No pigeon knows it."]})


def send(settings, message):
    if settings["loft"] == "far":
        raise ChannelFault("It came back.", lasting=True)
    FLOWN.append((settings["loft"], message.title))


@hookimpl
def register_channels():
    FAULT
    return [ChannelKind("loft", "Pigeons", (ChannelField("loft", "Which loft"),), check, send)]
"""


@pytest.fixture
def aviary(plant, make_app, data):
    """aviary("1 / 0"): a program with another plugin, whose pigeons do this when they are asked for."""

    def begin(fault="pass", names=("aviary", "notifications")):
        plant("aviary", PIGEONS.replace("FAULT", fault))
        return make_app(data=data, plugins=names, strict=False)

    return begin


@pytest.fixture
def ada():
    """ada(): somebody in the program that was made last."""

    def open_space():
        person = Account.open("Meadow", owner_name="Ada Field", email="ada@example.org")
        db.session.commit()
        return person

    return open_space


def test_hook_register_channels(aviary, ada):
    aviary()
    made = Channel.add(ada(), "aviary.loft", {"loft": "home"})
    db.session.commit()
    schedule(try_channel, channel_id=made.id)
    db.session.commit()
    drain()
    assert plugins().found["aviary"].module.FLOWN == [("home", "A test from Fallow")]
    assert made.title == "Pigeons"


def test_each_is_known_by_its_plugins_name_but_ours(aviary):
    aviary()
    assert list(kinds()) == ["aviary.loft", "telegram", "ntfy", "slack", "discord", "other"]


@pytest.mark.parametrize("fault", ["1 / 0", "raise SystemExit(3)"])
def test_one_that_fails_leaves_the_others(aviary, fault):
    aviary(fault)
    assert list(kinds()) == ["telegram", "ntfy", "slack", "discord", "other"]
    assert [incident.moment for incident in plugins().found["aviary"].faults] == ["register_channels"]


def test_without_notifications_it_is_off_and_says_why(aviary):
    aviary(names=("aviary",))
    assert (plugins().found["aviary"].standing, plugins().found["aviary"].reason) == (
        "off",
        "It needs the plugin notifications, which is off.",
    )


def test_switched_off_its_channels_say_so(aviary, ada, data):
    State.read(data).switch_on(["aviary"])
    aviary(names=None)
    made = Channel.add(ada(), "aviary.loft", {"loft": "home"})
    db.session.commit()
    plugins().switch_off("aviary")
    schedule(try_channel, channel_id=made.id)
    db.session.commit()
    drain()
    db.session.expire_all()
    assert made.last_error == "Nobody here knows this service."


def test_its_form_is_on_the_page(aviary, ada):
    browser = aviary().test_client()
    sign_in(browser, ada())
    page = browser.get(PAGE).text
    assert "Pigeons" in page
    assert "Which loft" in page
