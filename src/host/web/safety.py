"""What every answer and every unsafe request goes through: CSRF, CSP and the other headers."""

from flask import Flask, Response, current_app, request
from flask_wtf import CSRFProtect
from werkzeug.exceptions import LengthRequired
from werkzeug.routing import IntegerConverter, Map

from host.db import LARGEST

csrf = CSRFProtect()

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Number(IntegerConverter):
    """`<int:…>` in an address; one that no row can have is no address (SQLite's driver would raise)."""

    def __init__(self, map: Map) -> None:  # noqa: A002 -- as Werkzeug names it
        super().__init__(map, max=LARGEST)


def init(app: Flask) -> None:
    app.url_map.converters["int"] = Number
    app.before_request(_limit)  # before the form is read to look for its token
    csrf.init_app(app)
    app.after_request(_protect)


def _limit() -> None:
    """Files may be large; words may not, and Werkzeug reads a form of words whole whatever its size. Of a body without
    a length, as programs send that stream, it would read nothing, and take the request for an empty one."""
    if "Transfer-Encoding" in request.headers and request.content_length is None:
        raise LengthRequired
    if request.mimetype != "multipart/form-data":
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]


def _protect(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-cache"
    return response
