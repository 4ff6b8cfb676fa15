"""At the door of each request: follow the switches, keep the pages of a plugin that is off closed, and note whose page
failed."""

from typing import Any

from flask import Flask, current_app, got_request_exception, request

from host.errors import NotFound
from host.i18n import _
from host.plugging.gather import plugins
from host.plugging.loaded import Loaded


def init(app: Flask) -> None:
    """Flask cannot take a blueprint out again, so its addresses answer 404 while its plugin is off."""
    app.before_request(_keep_closed)
    got_request_exception.connect(_note, app)


def _keep_closed() -> None:
    plugins().refresh()
    owner = _owner()
    if owner is not None and owner.standing != "on":
        off = _("%(title)s is switched off. An admin can switch it on under Settings, Plugins.", title=owner.title)
        raise NotFound(off)


def _note(_app: Flask, exception: BaseException, **_more: Any) -> None:
    """A page of a plugin raised what it should have answered; the visitor gets the error page."""
    if owner := _owner():
        owner.blame(f"page {request.endpoint}", exception)


def _owner() -> Loaded | None:
    """The plugin whose blueprint answers this request."""
    outermost = (request.blueprint or "").partition(".")[0]
    blueprint = current_app.blueprints.get(outermost)
    if blueprint is None:
        return None
    return next((each for each in plugins().found.values() if blueprint in each.declared.blueprints), None)
