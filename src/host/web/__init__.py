"""Pages: one blueprint a noun, all of them thin."""

from importlib import import_module

from flask import Flask

from host.i18n import _
from host.web import assets, context, errors, login, moments, parts, safety, settings

NOUNS = (
    "home",
    "sessions",
    "themes",
    "boards",
    "columns",
    "folds",
    "cards",
    "closures",
    "postponements",
    "triages",
    "keepings",
    "goldnesses",
    "watches",
    "comments",
    "steps",
    "assignments",
    "taggings",
    "panels",
    "settings",
    "people",
    "tokens",
    "plugins",
    "jobs",
    "welcome",
    "launch",
    "health",
)


def init(app: Flask) -> None:
    for part in (errors, safety, login, context, assets, parts, moments, settings):
        part.init(app)
    for noun in NOUNS:
        app.register_blueprint(import_module(f"host.web.{noun}").bp)
    register_plugin_pages(app)


def register_plugin_pages(app: Flask) -> None:
    """A plugin's pages lie under its name; its API resources are mounted by `host.api`. A blueprint that cannot be
    registered switches its plugin off (law 7)."""
    from host.api.blueprint import ApiBlueprint

    plugins = app.extensions["fallow"].plugins
    for each in plugins.on:
        try:
            for blueprint in each.declared.blueprints:
                if not isinstance(blueprint, ApiBlueprint):
                    app.register_blueprint(blueprint, url_prefix=f"/{each.name}")
        except Exception as error:  # noqa: BLE001
            plugins.drop(each.name, _("Its pages could not be put in place"), error)
