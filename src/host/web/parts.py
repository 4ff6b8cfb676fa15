"""Pieces of a page that plugins hand over, each drawn on its own: one that fails leaves a gap, not an error page."""

from collections.abc import Mapping
from typing import Any, Protocol

from flask import Flask, current_app
from markupsafe import Markup

from host.plugging.gather import plugins
from host.plugging.plugin import Badge, Banner, CardPanel, NavItem

# The word under which a template finds the whole piece, beside the values of its context.
NOUNS = {Badge: "badge", Banner: "banner", CardPanel: "panel", NavItem: "item"}


class Part(Protocol):
    """Whatever has a template and its values."""

    @property
    def template(self) -> str: ...
    @property
    def context(self) -> Mapping[str, Any]: ...


def register(app: Flask) -> None:
    """Give templates `render_part`."""
    app.jinja_env.globals["render_part"] = render_part


def render_part(part: Part) -> Markup:
    """What the part's template draws from its context; nothing when it fails, and its plugin is blamed."""
    try:
        template = current_app.jinja_env.get_template(part.template)
        return Markup(template.render({NOUNS.get(type(part), "part"): part, **part.context}))  # noqa: S704 -- the template has escaped its values
    except Exception as error:  # noqa: BLE001 -- law 7: a plugin's fault stays the plugin's
        _blame(part.template, error)
        return Markup("")


def _blame(template: str, error: Exception) -> None:
    """A plugin's templates lie under its name; for one of the host's own the error is ours, and goes on."""
    name, slash, _file = template.partition("/")
    if not slash or name not in {each.name for each in plugins().on}:
        raise error
    plugins().blame(name, f"template {template}", error)
