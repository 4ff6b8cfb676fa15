"""Which kinds of events there are."""

from host.event_kinds import event_kinds
from host.events import kind


def names():
    return [each.name for each in event_kinds()]


def test_the_hosts_are_there_by_name(app):
    found = names()
    assert found == sorted(found)
    assert {"card_closed", "comment_created", "board_created"} <= {*found}


def test_those_of_a_plugin_are_there_while_it_is_on(make_app, plant, data):
    kind("orchard.watered")
    make_app(plugins=())
    assert "orchard.watered" not in names()
    plant("orchard")
    make_app(plugins=["orchard"], data=data)
    assert "orchard.watered" in names()
