"""Errors as pages for people and as problem details (RFC 9457) for programs."""

import logging
from http import HTTPStatus

from flask import Flask, Response, current_app, json, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from host.db import db
from host.errors import Fault, Invalid
from host.i18n import _
from host.web.themes import chosen

log = logging.getLogger(__name__)

API = "/api/"

SENTENCES = {
    400: _("That request could not be understood."),
    401: _("This needs a valid token."),
    403: _("You may not do this."),
    404: _("There is nothing at this address."),
    405: _("This address does not take that kind of request."),
    411: _("The length of what is sent has to be said ahead of it (Content-Length)."),
    413: _("That is too large to take in."),
    415: _("This address takes another kind of data."),
    429: _("That was a bit much. Try again in a minute."),
    500: _("Something broke on our side. It has been written to the log."),
    503: _("Fallow is busy writing. Try again in a moment."),
}
OUT_OF_REACH = _("The database cannot be used just now. Why has been written to the log.")


def init(app: Flask) -> None:
    app.register_error_handler(Fault, on_fault)
    app.register_error_handler(HTTPException, on_http)
    app.register_error_handler(OperationalError, on_database)
    app.register_error_handler(DataError, on_odd_data)
    app.register_error_handler(ObjectDeletedError, on_gone)
    app.register_error_handler(StaleDataError, on_outrun)
    app.register_error_handler(Exception, on_surprise)


def on_fault(fault: Fault) -> ResponseReturnValue:
    db.session.rollback()
    return answer(fault.status, fault.message, fault.errors if isinstance(fault, Invalid) else None)


def on_http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error
    messages = refused_fields(error)
    sentence = _("Some of it cannot be taken in.") if messages else _sentence(error, error.code)
    return answer(error.code, sentence, messages, dict(error.get_headers()))


def _sentence(error: HTTPException, status: int) -> str:
    if isinstance(error, CSRFError):
        return _("This page is older than your sign-in. Load it again, then send it once more.")
    if isinstance(error, SecurityError):
        return _("Fallow does not know this address as its own. FALLOW_TRUSTED_HOSTS says which ones are.")
    return SENTENCES.get(status) or str(error.description)


def refused_fields(error: HTTPException) -> dict[str, list[str]] | None:
    """What webargs found wrong, by field; it keeps it by where the field was sent (JSON, query …)."""
    by_place = getattr(error, "data", {}).get("messages", {})
    return {name: texts for fields in by_place.values() for name, texts in fields.items()} if by_place else None


def on_database(error: OperationalError) -> ResponseReturnValue:
    """A database that stayed locked, or is out of reach."""
    log.error("the database did not answer", exc_info=error)
    db.session.rollback()
    busy = "locked" in str(error.orig)
    return answer(HTTPStatus.SERVICE_UNAVAILABLE, SENTENCES[503] if busy else OUT_OF_REACH)


def on_odd_data(error: DataError) -> ResponseReturnValue:
    """What no column can hold, such as a NUL in a text on PostgreSQL."""
    log.warning("refused by the database at %s: %s", request.path, error.orig)
    db.session.rollback()
    return answer(HTTPStatus.UNPROCESSABLE_ENTITY, _("Some of it cannot be taken in."))


def on_gone(_error: ObjectDeletedError) -> ResponseReturnValue:
    """Somebody took it away between two statements of this request."""
    db.session.rollback()
    return answer(HTTPStatus.NOT_FOUND, _("That was taken away just now."))


def on_outrun(_error: StaleDataError) -> ResponseReturnValue:
    """Somebody took it away before this request could change it."""
    db.session.rollback()
    return answer(HTTPStatus.CONFLICT, _("Somebody was quicker. Load the page again to see what is left to do."))


def on_surprise(error: Exception) -> ResponseReturnValue:
    log.error("unforeseen error at %s", request.path, exc_info=error)
    db.session.rollback()
    return answer(HTTPStatus.INTERNAL_SERVER_ERROR, SENTENCES[500])


def answer(
    status: int, message: str, errors: object = None, headers: dict[str, str] | None = None
) -> ResponseReturnValue:
    """The same error for a browser or a program."""
    kept = {
        name: value
        for name, value in (headers or {}).items()
        if name.lower() in ("allow", "retry-after", "www-authenticate")
    }
    if request.path.startswith(API):
        return problem(status, message, errors), status, kept
    return _page(status, message, errors), status, kept


def _page(status: int, message: str, errors: object) -> str:
    """Drawn with nothing but what is given here: what other pages get may need the database that has just failed."""
    template = current_app.jinja_env.get_template("errors/error.html")
    return template.render(status=status, message=message, errors=errors, config_theme=chosen())


def problem(status: int, message: str, errors: object = None) -> Response:
    details = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": int(status), "detail": message}
    if errors:
        details["errors"] = errors
    return Response(json.dumps(details), status, mimetype="application/problem+json")
