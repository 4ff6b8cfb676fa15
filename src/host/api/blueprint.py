"""The base of every API resource: bearer tokens, read and write scopes, problem details."""

from typing import Any

from flask import g, request
from flask_smorest import Blueprint
from werkzeug.exceptions import Unauthorized

from host.api import repeating
from host.api.parser import Parser
from host.db import SAFE_METHODS
from host.errors import Forbidden
from host.i18n import _
from host.models import ApiToken
from host.models.token import Scope


class NeedsToken(Unauthorized):
    """401 with its challenge. Werkzeug would leave out the quotes, which a realm must have (RFC 9110, 11.5)."""

    def get_headers(self, *_args: Any) -> list[tuple[str, str]]:
        return [("WWW-Authenticate", 'Bearer realm="Fallow"')]


class ApiBlueprint(Blueprint):  # type: ignore[misc]  # flask-smorest has no types
    """A blueprint whose requests carry `Authorization: Bearer …`; cookies are not looked at, so there is no CSRF."""

    ARGUMENTS_PARSER = Parser()

    authenticates = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before_request(authenticate)
        self.before_request(repeating.replay)
        self.after_request(repeating.keep)


def api_blueprint(name: str, import_name: str, **options: Any) -> ApiBlueprint:
    """A blueprint for resources under `/api/v1`, in flask-smorest's style; a plugin's carries the plugin's name."""
    return ApiBlueprint(name, import_name, **options)


def authenticate() -> None:
    """Raises 401 without a valid token, 403 for a write with a token that may only read."""
    kind, _between, text = request.headers.get("Authorization", "").partition(" ")
    token = ApiToken.find(text.strip()) if kind.lower() == "bearer" and text else None
    if token is None:
        raise NeedsToken
    if request.method not in SAFE_METHODS and token.scope is not Scope.WRITE:
        raise Forbidden(_("This token may only read."))
    g.token = token
