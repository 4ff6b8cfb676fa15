"""A form that is sent twice, by a double click or by loading its answer anew, is done once.

Each form that makes something carries a key of its own (`components/csrf.html`). Sent again with the same words, it
leads to where the first one led. The key is written in the transaction of what the form does, so one cannot be without
the other; what was refused has done nothing, and may be sent again. Other words by the same key are another thing: a
form may stay on the page while its words change.
"""

import hashlib
import secrets
from http import HTTPStatus

from flask import Flask, Response, g, redirect, request
from flask.typing import ResponseReturnValue

from host.db import db
from host.models.request_key import RequestKey
from host.web.cacheable import make_anew
from host.web.errors import API
from host.web.forms import from_htmx, local, split
from host.web.login import current_user, signed_in

FIELD = "form_key"
LONGEST = 40


def init(app: Flask) -> None:
    """Give templates `form_key`."""
    app.jinja_env.globals["form_key"] = lambda: make_anew(_new_key(), _new_key)
    app.before_request(_replay)
    app.after_request(_keep)


def _new_key() -> str:
    return secrets.token_urlsafe(12)


def _replay() -> ResponseReturnValue | None:
    if request.method != "POST" or request.path.startswith(API):  # to read a form there leaves the API nothing to read
        return None
    key = request.form.get(FIELD, "")
    if not (0 < len(key) <= LONGEST and key.isascii() and key.isprintable() and signed_in()):
        return None
    words = hashlib.sha256(repr([request.full_path, sorted(request.form.items(multi=True))]).encode(errors="replace"))
    name = f"form {key} {words.hexdigest()}"
    before = RequestKey.begin(current_user, name, words.hexdigest())
    if before is None:
        g.sent_once = (current_user.id, name)
        return None
    db.session.rollback()
    return _led(before)


def _led(before: RequestKey) -> ResponseReturnValue:
    """To where the first one did. A script has drawn its answer already."""
    if from_htmx():
        return Response(status=HTTPStatus.NO_CONTENT)
    asked_on = split(request.referrer or "").path
    return redirect(dict(before.headers or ()).get("Location") or local(asked_on) or "/", HTTPStatus.SEE_OTHER)


def _keep(response: Response) -> Response:
    """Where it led, once what it did is committed."""
    mine: tuple[int, str] | None = g.pop("sent_once", None)
    if mine is not None and response.location:
        db.session.rollback()
        led = [["Location", response.location]]
        RequestKey.keep_answer(*mine, {"status": response.status_code, "headers": led, "body": b""})
        db.session.commit()
    return response
