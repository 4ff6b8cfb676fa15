"""What was drawn of the same values is shown again: templates that show nothing but plain values, which are their whole
key, so nothing has to be thrown away when something changes."""

from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache, partial
from typing import Any

from flask import Flask, current_app
from markupsafe import Markup

MOST = 10_000  # pieces of about a kilobyte

Values = tuple[tuple[str, Hashable], ...]


def init(app: Flask) -> None:
    app.extensions["fallow.drawn"] = lru_cache(maxsize=MOST)(partial(_drawn, app))


def drawn(template: str, /, **values: Hashable) -> Markup:
    """What the template makes of these values. It must not ask who looks, when, or at which address; raises TypeError
    for a value that may change unseen, such as a list."""
    made: Callable[[str, Values], Markup] = current_app.extensions["fallow.drawn"]
    return made(template, tuple(values.items()))


def drawn_anew(template: str, /, **values: Any) -> Markup:
    """The same of any values, without keeping it: what is seldom asked for twice would take the place of the rest."""
    return _drawn(current_app, template, values.items())


def _drawn(app: Flask, template: str, values: Iterable[tuple[str, Any]]) -> Markup:
    return Markup(app.jinja_env.get_template(template).render(dict(values)))  # noqa: S704 -- the template has escaped its values
