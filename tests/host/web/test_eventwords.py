"""How events of plugins are told in a card's story."""

import pytest

from host.db import db
from host.events import EventKind
from host.models import Event
from host.plugging import plugins
from host.web.eventwords import told

MOWN = EventKind("orchard.mown")
TELLS = """
from host import EventSentence, hookimpl, kind
@hookimpl
def register_event_sentences():
    return [EventSentence(kind("orchard.mown"), lambda who, particulars: {text}, icon="sprout", hue="moss")]
"""


@pytest.fixture
def app(sown, text):
    return sown(orchard=TELLS.format(text=text))


@pytest.fixture
def event(board, owner):
    """Something that the plugin recorded."""
    event = board.add_card("Under the trees").record(MOWN, by=owner, rows=3)
    db.session.commit()
    return event


@pytest.mark.parametrize("text", ["f'{who} mowed {particulars[\"rows\"]} rows'"])
def test_a_plugins_sentence_has_its_icon_and_its_hue(event):
    (line,) = told([event])
    assert (line.text, line.icon, line.hue, line.at) == ("Ada Field mowed 3 rows", "sprout", "moss", event.at)


@pytest.mark.parametrize("text", ["1 / 0", "particulars['cows']"])
def test_a_sentence_that_fails_leaves_its_line_out(event):
    assert told([event]) == []
    assert [fault.moment for fault in plugins().found["orchard"].faults] == ["sentence of orchard.mown"]


@pytest.mark.parametrize("text", ["who"])
def test_an_event_of_a_plugin_that_is_gone_is_left_out(event, owner):
    event.card.record(EventKind("meadow.grazed"), by=owner)
    assert [line.text for line in told(db.session.scalars(db.select(Event)).all())] == ["Ada Field"]
