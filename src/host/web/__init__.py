"""Pages: one blueprint a noun, all of them thin."""

from importlib import import_module

from flask import Flask

from host.i18n import _
from host.plugging.mounting import mount
from host.web import (
    assets,
    cacheable,
    cardview,
    context,
    drawn,
    errors,
    login,
    moments,
    parts,
    safety,
    sentonce,
    settings,
)

PARTS = (
    errors,
    safety,
    cacheable,
    login,
    sentonce,
    context,
    assets,
    drawn,
    parts,
    cardview,
    moments,
    settings,
)

NOUNS = (
    "home",
    "sessions",
    "themes",
    "boards",
    "boardsettings",
    "boarddeletions",
    "boardarchivals",
    "boardcopies",
    "boardtemplates",
    "publications",
    "publicboards",
    "allcards",
    "views",
    "activity",
    "palette",
    "bulk",
    "keyboards",
    "boardnumbers",
    "previews",
    "boardpeople",
    "boardwatches",
    "columns",
    "columnpositions",
    "folds",
    "cards",
    "drafts",
    "closures",
    "postponements",
    "triages",
    "keepings",
    "goldnesses",
    "cardpositions",
    "watches",
    "comments",
    "reactions",
    "attachments",
    "pins",
    "steps",
    "assignments",
    "taggings",
    "tags",
    "panels",
    "settings",
    "profile",
    "people",
    "standings",
    "invitations",
    "joins",
    "mail",
    "tokens",
    "plugins",
    "jobs",
    "welcome",
    "launch",
    "health",
)


def init(app: Flask) -> None:
    for part in PARTS:
        part.init(app)
    for noun in NOUNS:
        app.register_blueprint(import_module(f"host.web.{noun}").bp)
    register_plugin_pages(app)


def register_plugin_pages(app: Flask) -> None:
    """A plugin's pages lie under its name; its API resources are mounted by `host.api`."""
    from host.api.blueprint import ApiBlueprint

    mount(
        app,
        which=lambda blueprint: not isinstance(blueprint, ApiBlueprint),
        register=lambda plugin, blueprint: app.register_blueprint(blueprint, url_prefix=f"/{plugin.name}"),
        doing=_("Its pages could not be put in place"),
    )
