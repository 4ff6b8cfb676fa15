"""A plugin that uses every hook, each as plainly as can be."""

from pathlib import Path

import click
from flask import Blueprint
from marshmallow import Schema as Form
from marshmallow import fields

from host import (
    BOARD_CREATED,
    Badge,
    Banner,
    Card,
    CardPanel,
    EventSentence,
    NavItem,
    Periodic,
    Plugin,
    RetentionRule,
    Schema,
    SearchFilter,
    SettingsPanel,
    Subscription,
    SummarySection,
    api_blueprint,
    db,
    every,
    hookimpl,
    kind,
    task,
)
from orchard.faults import may_fail

PLUGIN = Plugin("orchard", title="Orchard", summary="Trees for tests.", version="1.2", icon="sprout")

WATERED = kind("orchard.watered")

pages = Blueprint("orchard", __name__)
api = api_blueprint("orchard_api", __name__, url_prefix="/orchard")


@pages.get("/")
def index():
    may_fail("page")
    return "an orchard"


@api.route("/trees")
def trees():
    return {"trees": planted()}


@task("orchard.plant")
def plant(event_ids=()):
    may_fail("task")
    for _event in event_ids or [0]:
        db.session.execute(db.text("INSERT INTO orchard_tree (kind) VALUES ('apple')"))
    return f"planted {len(event_ids) or 1}"


@click.command()
def count():
    """Count the trees."""
    click.echo(f"{planted()} trees")


class TreeForm(Form):
    kind = fields.Str(required=True)


def planted():
    return db.session.scalar(db.text("SELECT count(*) FROM orchard_tree"))


def save(_account, values, _actor):
    db.session.execute(db.text("INSERT INTO orchard_tree (kind) VALUES (:kind)"), values)


class Felled:
    """What may go: here all trees."""

    def count(self, before):
        return planted()

    def find(self, before, most):
        return db.session.scalars(db.text("SELECT id FROM orchard_tree LIMIT :most"), {"most": most}).all()

    def remove(self, before, found):
        for tree in found:
            db.session.execute(db.text("DELETE FROM orchard_tree WHERE id = :id"), {"id": tree})
        return len(found)


PANEL = SettingsPanel(
    key="orchard",
    level="account",
    title="Orchard",
    form=TreeForm,
    read=lambda _account: {"kind": "apple"},
    save=save,
    template="orchard/settings.html",
    allowed=lambda actor, _account: actor.is_admin,
)


@hookimpl
def register_schema():
    may_fail("register_schema")
    return Schema("orchard_", Path(__file__).parent / "migrations")


@hookimpl
def register_tasks():
    may_fail("register_tasks")
    return [Periodic(every(hours=1), plant, title="Plant a tree"), Subscription([BOARD_CREATED], plant)]


@hookimpl
def register_blueprints():
    may_fail("register_blueprints")
    return [pages, api]


@hookimpl
def register_commands():
    may_fail("register_commands")
    return [count]


@hookimpl
def register_settings():
    may_fail("register_settings")
    return [PANEL]


@hookimpl
def register_search_filters():
    may_fail("register_search_filters")
    return [SearchFilter("ripe", "Ripe", lambda value, _actor: Card.title.startswith(value))]


@hookimpl
def register_event_sentences():
    may_fail("register_event_sentences")
    return [EventSentence(WATERED, lambda who, particulars: f"{who} watered the {particulars['tree']}", icon="sprout")]


@hookimpl
def register_retention():
    may_fail("register_retention")
    return [RetentionRule("orchard.trees", "Trees", Felled())]


@hookimpl
def board_banner(board, actor):
    may_fail("board_banner")
    return Banner("orchard/words.html", {"words": f"{actor.name} sees an orchard on {board.name}"})


@hookimpl
def card_badges(cards, actor):
    may_fail("card_badges")
    return {card.id: [Badge("orchard/words.html", {"words": f"tree {card.number} of {actor.name}"})] for card in cards}


@hookimpl
def column_badges(board, actor):
    may_fail("column_badges")
    return {
        column.id: [Badge("orchard/words.html", {"words": f"{actor.name} picks in {column.name}"})]
        for column in board.columns
    }


@hookimpl
def card_panel(card, actor):
    may_fail("card_panel")
    return CardPanel("Trees", "orchard/words.html", {"words": f"{actor.name} looks at tree {card.number}"})


@hookimpl
def nav_items(place, actor, board, card):
    may_fail("nav_items")
    about = board.name if board else card.title if card else actor.handle
    return [NavItem(f"Orchard {place} {about}", "/orchard/")] if place != "sidebar" else []


@hookimpl
def summary_sections(person, since):
    may_fail("summary_sections")
    return [SummarySection("Fruit", [(f"{person.name} picked since {since:%A}", "/orchard/")])]
