"""Light or dark: kept in a cookie that the server writes into the page, so that no page flashes."""

from datetime import timedelta

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from marshmallow import fields, validate

from host.web.forms import Form, back_to, load_form
from host.web.login import public

COOKIE = "theme"
KEPT = timedelta(days=365)
CHOICES = ("", "light", "dark")  # nothing: as the system has it

bp = Blueprint("themes", __name__)


class Theme(Form):
    theme = fields.Str(load_default="", validate=validate.OneOf(CHOICES))


def chosen() -> str:
    """What this browser asked for: "light", "dark" or "" for what the system has."""
    theme = request.cookies.get(COOKIE, "")
    return theme if theme in CHOICES else ""


@bp.app_context_processor
def worn() -> dict[str, str]:
    return {"config_theme": chosen()}


@bp.post("/theme")
@public
def update() -> ResponseReturnValue:
    theme = load_form(Theme)["theme"]
    answer = back_to("/")
    if theme:
        answer.set_cookie(COOKIE, theme, max_age=KEPT, samesite="Lax", httponly=True, secure=request.is_secure)
    else:
        answer.delete_cookie(COOKIE)
    return answer
