"""A plugin's models: what is wrong with them is the plugin's affair, and spoils no query of ours."""

import subprocess
import sys

import pytest
from sqlalchemy.orm import configure_mappers

from host.db import Base, db
from host.models import Account, Board, Event
from host.plugging import plugins

pytestmark = pytest.mark.sqlite_only("nothing here depends on the database")

MODEL = """
from pathlib import Path
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship
from host import Id, Model

class {name}(Model):
    __tablename__ = "orchard_tree"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id"))
    {more}

@hookimpl
def register_schema():
    return Schema("orchard_", Path(__file__).parent)

{then}
"""
WRONG = {
    "a class that is nowhere": {"more": "apples = relationship('Apple')"},
    "no way from one to the other": {"more": "boards = relationship('Board')"},
    "a failure after the model": {"then": "1 / 0"},
}


def planted(sown, **parts):
    sown(orchard=MODEL.format(**{"name": "Tree", "more": "", "then": "", **parts}))
    return plugins().found["orchard"]


def working() -> bool:
    """Whether all models can be used."""
    configure_mappers()
    board = Board.create("Launch", by=Account.open("Meadow", owner_name="Ada", email=None))
    board.add_card("Write the launch post")
    db.session.commit()
    return db.session.scalar(db.select(Event.kind).order_by(Event.id)) == "board_created"


@pytest.mark.parametrize("parts", WRONG.values(), ids=WRONG)
def test_a_model_that_makes_no_sense_switches_off_its_plugin_alone(sown, parts):
    orchard = planted(sown, **parts)
    assert orchard.standing == "failed"
    assert orchard.traceback
    assert working()
    assert "orchard_tree" not in Base.metadata.tables
    assert not [name for name in sys.modules if name.partition(".")[0] == "orchard"]


def test_a_plugin_that_was_mended_can_be_tried_again_in_the_same_process(sown):
    planted(sown, then="1 / 0")
    assert planted(sown).standing == "on"


@pytest.mark.parametrize("name", ["Card", "Event", "Comment"])
def test_a_plugins_model_may_be_called_what_one_of_ours_is(tmp_path, name):
    """In a process of its own: here, ours have long been worked out."""
    package = tmp_path / "plugins" / "orchard"
    package.mkdir(parents=True)
    source = MODEL.format(name=name, more="", then="")
    head = "from host import Plugin, Schema, hookimpl\nPLUGIN = Plugin('orchard', title='Orchard')\n"
    (package / "__init__.py").write_text(head + source)
    script = f"""
from pathlib import Path
from host.plugging import PluginRegistry
registry = PluginRegistry(Path({str(tmp_path)!r}), only=["orchard"], strict=True)
registry.load()
from host.models import Card, Event
from sqlalchemy import select
print(registry.found["orchard"].standing, "WHERE" not in str(select(Card).join(Card.comments)), Event.card)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout.split()[:2] == ["on", "True"], done.stderr


def test_a_module_of_ours_that_an_entry_point_names_is_left_alone(data, loaded):
    info = data / "plugins" / "odd-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: odd\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[fallow.plugins]\norchard = host.models\n")
    assert "has no PLUGIN" in loaded("orchard").found["orchard"].reason
    assert sys.modules["host.models"].Board is Board
