"""Plugins' pages: closed while their plugin is off, and what they raise is kept against it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, current_app, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from host.errors import Fault, NotFound
from host.i18n import _
from host.plugging.gather import plugins
from host.plugging.loaded import Loaded

ANSWERS = (HTTPException, Fault, OperationalError)  # these become pages that say what is the matter


def init(app: Flask) -> None:
    """Flask cannot take a blueprint out again, so its addresses answer 404 while its plugin is off."""
    app.before_request(_keep_closed)


def watch(app: Flask) -> None:
    """Once all blueprints are in place: keep an eye on those of plugins."""
    for endpoint, view in app.view_functions.items():
        if owner := _owner(app, endpoint.partition(".")[0]):
            app.view_functions[endpoint] = _watched(owner, f"page {endpoint}", view)


def _keep_closed() -> None:
    plugins().refresh()
    owner = _owner(current_app, (request.blueprint or "").partition(".")[0])
    if owner is not None and owner.standing != "on":
        off = _("%(title)s is switched off. An admin can switch it on under Settings, Plugins.", title=owner.title)
        raise NotFound(off)


def _watched(owner: Loaded, moment: str, view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return view(*args, **kwargs)
        except ANSWERS:
            raise
        except (Exception, SystemExit) as error:
            owner.blame(moment, error)
            raise RuntimeError(f"{owner.name} failed in {moment}") from error

    return call


def _owner(app: Flask, name: str) -> Loaded | None:
    """The plugin that brought the blueprint of this name."""
    blueprint = app.blueprints.get(name)
    found = app.extensions["fallow"].plugins.found.values()
    return next((each for each in found if blueprint and blueprint in each.declared.blueprints), None)
