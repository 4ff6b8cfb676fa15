"""Light or dark: kept in a cookie that the server writes into the page, so that no page flashes."""

from datetime import timedelta

from flask import Blueprint, Flask, redirect, request
from werkzeug.exceptions import UnprocessableEntity
from werkzeug.wrappers import Response

from host.i18n import _

COOKIE = "theme"
KEPT = timedelta(days=365)
CHOICES = ("", "light", "dark")  # nothing: as the system has it

themes = Blueprint("themes", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(themes)
    app.context_processor(lambda: {"config_theme": chosen()})


def chosen() -> str:
    """What this browser asked for: "light", "dark" or "" for what the system has."""
    theme = request.cookies.get(COOKIE, "")
    return theme if theme in CHOICES else ""


@themes.post("/theme")
def update() -> Response:
    theme = request.form.get("theme", "")
    if theme not in CHOICES:
        raise UnprocessableEntity(_("A theme is “light”, “dark” or nothing."))
    answer = redirect(local_path(request.form.get("back", "")), 303)
    if theme:
        answer.set_cookie(COOKIE, theme, max_age=KEPT, samesite="Lax", httponly=True, secure=request.is_secure)
    else:
        answer.delete_cookie(COOKIE)
    return answer


def local_path(address: str) -> str:
    """The address if it is a path of ours, else the first page: a form must not send anyone elsewhere.

    Browsers read `//host` and `/\\host` as another host, and drop tabs and line ends before they look.
    """
    ours = address.startswith("/") and address[1:2] not in ("/", "\\") and address.isprintable()
    return address if ours else "/"
