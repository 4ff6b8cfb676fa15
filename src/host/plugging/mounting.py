"""Putting plugins' blueprints in place: one that does not fit switches its plugin off and leaves nothing behind."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any

from flask import Blueprint, Flask

from host.errors import Fault
from host.i18n import _
from host.plugging.loaded import Loaded
from host.plugging.registry import PluginRegistry

# Where Flask keeps what runs for every page of the whole program; a blueprint's own lies under its name.
FOR_ALL = (
    "before_request_funcs",
    "after_request_funcs",
    "teardown_request_funcs",
    "url_value_preprocessors",
    "url_default_functions",
    "template_context_processors",
    "error_handler_spec",
)


def mount(
    app: Flask, *, which: Callable[[Blueprint], bool], register: Callable[[Loaded, Blueprint], None], doing: str
) -> None:
    """Register those blueprints of each running plugin; `doing` tells what failed where one cannot be."""
    registry: PluginRegistry = app.extensions["fallow"].plugins
    for each in registry.on:
        try:
            for blueprint in filter(which, each.declared.blueprints):
                with _within_its_pages(app):
                    register(each, blueprint)
        except (Exception, SystemExit) as error:  # noqa: BLE001 -- law 7
            registry.drop(each.name, doing, error)


@contextmanager
def _within_its_pages(app: Flask) -> Iterator[None]:
    """Raises Fault for a blueprint that would run code on pages of others, and takes that code out again."""
    before = _for_all(app)
    yield
    after = _for_all(app)
    if reached := [name for name in FOR_ALL if before[name] != after[name]]:
        for name in FOR_ALL:
            getattr(app, name)[None] = before[name]
        raise Fault(_("Its blueprint adds to %(what)s of every page; it may only do so for its own.", what=reached[0]))


def _for_all(app: Flask) -> dict[str, Any]:
    return {name: _copied(getattr(app, name)[None]) for name in FOR_ALL}


def _copied(kept: Any) -> Any:
    """Two levels deep, as error handlers are kept, and of the same kind: Flask's own dicts make what they lack."""
    whole = copy(kept)
    if isinstance(kept, dict):
        whole.update({key: copy(value) for key, value in kept.items()})
    return whole
