"""Pages that may be answered again without being drawn: see `host.pagecache`."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, request

from host.pagecache.answer import Answer
from host.pagecache.cache import SCOPE_KEY

View = TypeVar("View", bound=Callable[..., Any])


def cacheable(view: View) -> View:
    """Mark a page that tells of nothing but what is in the database and what the request itself says, and that changes
    nothing by being read. What it says of times, and of where its live updates begin, may be a few seconds old."""
    function: Any = view
    function.is_cacheable = True
    return view


def init(app: Flask) -> None:
    app.after_request(_say_so)


def make_anew(text: str, maker: Callable[[], str]) -> str:
    """The text, which is to be another in each answer; `maker` makes one as long."""
    if answer := _answer():
        answer.unique[text] = maker
    return text


def _say_so(response: Response) -> Response:
    answer = _answer()
    if answer and getattr(current_app.view_functions.get(request.endpoint or ""), "is_cacheable", False):
        answer.reusable = True
    return response


def _answer() -> Answer | None:
    """What is listened to; nothing where no server stands before the pages, as in a job."""
    scope = request.environ.get("asgi.scope", {}) if request else {}
    found: Answer | None = scope.get(SCOPE_KEY)
    return found
