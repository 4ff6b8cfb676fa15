"""The pieces of a page that plugins hand over, each drawn on its own: one that fails leaves a gap, no error page."""

from collections.abc import Mapping
from typing import Any, Protocol

from flask import Flask
from markupsafe import Markup
from sqlalchemy.exc import DBAPIError

from host.db import db
from host.plugging.gather import plugins
from host.plugging.plugin import Badge, Banner, CardPanel, NavItem
from host.web.drawn import drawn, drawn_anew

# The word under which a template finds the whole piece, beside the values of its context.
NOUNS = {Badge: "badge", Banner: "banner", CardPanel: "panel", NavItem: "item"}


class Part(Protocol):
    """Whatever has a template and its values; `plugin` is empty for the host's own."""

    @property
    def template(self) -> str: ...
    @property
    def context(self) -> Mapping[str, Any]: ...
    @property
    def plugin(self) -> str: ...


def init(app: Flask) -> None:
    """Give templates `render_part`."""
    app.jinja_env.globals["render_part"] = render_part


def render_part(part: Part, **beside: Any) -> Markup:
    """What the part's template draws from its context and from what stands beside it in the page. When a plugin's
    fails, the plugin is blamed: a panel is replaced by a notice, anything else leaves nothing.

    Without a savepoint, unlike a hook: a board draws a thousand parts, and what they show they have been given.
    """
    if not part.plugin:
        return _drawn(part, beside)
    try:
        return _drawn(part, beside)
    except (Exception, SystemExit) as error:  # noqa: BLE001 -- law 7: a plugin's fault stays the plugin's
        if isinstance(error, DBAPIError):
            db.session.rollback()  # PostgreSQL answers nothing more in it, and a page that is drawn has nothing to lose
        plugins().blame(part.plugin, f"template {part.template}", error)
        return _gap(part)


def missing_panel(name: str) -> CardPanel:
    """What stands in for the panel of a plugin that failed."""
    title = plugins().found[name].title
    return CardPanel(title, "plugins/missing_panel.html", {"title": title})


def _drawn(part: Part, beside: Mapping[str, Any]) -> Markup:
    if isinstance(part, Badge) and part.lasting:
        return drawn(part.template, **part.context)
    return drawn_anew(part.template, **{**beside, NOUNS.get(type(part), "part"): part, **part.context})


def _gap(part: Part) -> Markup:
    return _drawn(missing_panel(part.plugin), {}) if isinstance(part, CardPanel) else Markup("")
