"""The JSON API under `/api/v1`: one file a noun."""

from collections.abc import Callable
from importlib import import_module
from typing import cast

from flask import Flask, Response, request

from host.api.blueprint import ApiBlueprint, api_blueprint
from host.api.document import FallowApi
from host.i18n import _
from host.plugging.mounting import mount
from host.web.login import public
from host.web.safety import csrf

__all__ = ["ApiBlueprint", "api_blueprint"]

PREFIX = "/api/v1"
NOUNS = (
    "people",
    "standings",
    "invitations",
    "boards",
    "boardwatches",
    "publications",
    "archivals",
    "columns",
    "cards",
    "drafts",
    "places",
    "goldnesses",
    "keepings",
    "watches",
    "assignments",
    "steps",
    "tags",
    "views",
    "bulkactions",
    "taggings",
    "comments",
    "pins",
    "reactions",
    "attachments",
    "events",
    "plugins",
    "mail",
    "jobs",
    "jobhealth",
    "tasks",
    "taskruns",
    "taskpauses",
)


def init(app: Flask) -> None:
    api = FallowApi(app)
    for noun in NOUNS:
        _mount(api.register_own, import_module(f"host.api.{noun}").bp)
    _mount_plugins(app, api)
    public(app.view_functions["api-docs.openapi_json"])
    app.after_request(_conditional)


def _mount(register: Callable[..., None], blueprint: ApiBlueprint) -> None:
    csrf.exempt(blueprint)
    register(blueprint, url_prefix=PREFIX + (blueprint.url_prefix or ""))


def _mount_plugins(app: Flask, api: FallowApi) -> None:
    mount(
        app,
        which=lambda blueprint: isinstance(blueprint, ApiBlueprint),
        register=lambda _plugin, blueprint: _mount(api.register_blueprint, cast("ApiBlueprint", blueprint)),
        doing=_("Its API could not be put in place"),
    )


def _conditional(response: Response) -> Response:
    """An ETag on what was read, and 304 for who has it already."""
    if request.path.startswith(PREFIX) and request.method in ("GET", "HEAD") and response.status_code == 200:
        response.add_etag()
        response.make_conditional(request)
    return response
