"""What a program consists of, to be compared: whether a test has left anything in it."""

from collections.abc import Mapping, Set
from typing import Any

from flask import Blueprint, Flask

from host.db import db

State = Any
PLAIN = (str, bytes, int, float, bool, type(None))
LISTENED_TO = ("before_cursor_execute", "after_cursor_execute", "begin", "commit", "rollback")
# Each test is given these anew.
OF_NO_ACCOUNT = {"_got_first_request", "fallow.jobs"}


def state_of(app: Flask) -> State:
    """Equal for two moments between which nothing was added, taken away or replaced, in the program or in what the
    house keeps in its extensions."""
    with app.app_context():
        engine = db.engine
    return (
        _known(vars(app), set()),
        sum(1 for _rule in app.url_map.iter_rules()),
        {name: id(value) for name, value in app.jinja_env.globals.items()},
        [id(app.jinja_env.bytecode_cache), id(app.jinja_env.loader)],
        {name: [id(each) for each in getattr(engine.dispatch, name)] for name in LISTENED_TO},
    )


def _known(value: Any, seen: set[int]) -> State:
    """By value what is plain, by its parts what holds something, and by identity all else."""
    if isinstance(value, PLAIN):
        return value
    if id(value) in seen:
        return id(value)
    seen.add(id(value))
    if isinstance(value, Mapping):
        parts = {_name(key): _known(each, seen) for key, each in value.items() if key not in OF_NO_ACCOUNT}
        # Flask's own mappings make an empty one of what they are asked for and lack.
        return {name: part for name, part in parts.items() if part != {}}
    if isinstance(value, list | tuple):
        return [_known(each, seen) for each in value]
    if isinstance(value, Set):
        return set(map(_name, value))
    if isinstance(value, Blueprint):  # once it is registered it refuses to be changed, and its documents are large
        return id(value)
    if type(value).__module__.startswith("host.") and hasattr(value, "__dict__"):
        return (id(value), _known(vars(value), seen))
    return id(value)


def _name(key: Any) -> Any:
    return key if isinstance(key, PLAIN) else id(key)
