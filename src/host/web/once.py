"""What several parts of a page ask for is looked up once."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import g, has_request_context, request

P = ParamSpec("P")
T = TypeVar("T")

READING = ("GET", "HEAD")


def once_a_page(function: Callable[P, T]) -> Callable[P, T]:
    """The first answer holds for the rest of a request that only reads. In one that changes something, in a job and in
    a command it is asked for each time. Its arguments have to be hashable, and positional."""

    @wraps(function)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        if kwargs or not has_request_context() or request.method not in READING:
            return function(*args, **kwargs)
        answers: dict[Hashable, Any] = g.setdefault("asked_once", {})
        key = (function, *args)
        if key not in answers:
            answers[key] = function(*args, **kwargs)
        found: T = answers[key]
        return found

    return asked
