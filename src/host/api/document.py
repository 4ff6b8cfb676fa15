"""The OpenAPI document: how one signs in, what comes back, and errors as they are."""

from collections.abc import Callable
from http import HTTPStatus
from threading import Lock
from typing import Any

from flask import Flask
from flask_smorest import Api

from host.api.blueprint import ApiBlueprint
from host.api.problems import PROBLEM, ProblemSchema

ABOUT = """\
Send `Authorization: Bearer …` with a token from Settings → Tokens, or from `fallow token create`; one with the scope
`read` is good for GET and HEAD.

JSON goes in and out, and times are ISO 8601 in UTC. Long lists come in pages: `page` and `per_page` (at most 100)
choose, `Link` leads to the first, previous, next and last, and `X-Total-Count` counts what is on all of them. Each
answer has an `ETag`; send it as `If-None-Match` and you get 304 while nothing changed. Errors are problem details
(RFC 9457), with the messages by field under `errors`. What you may not see is not there: 404.

A POST with an `Idempotency-Key` of your own choice may be sent again when its answer was lost: within a day it is
answered as before, with `Idempotent-Replayed: true`, and not done again. The same key with another request is refused.
"""

BEARER = {"type": "http", "scheme": "bearer", "description": "A person's token, with the scope read or write"}


class FallowApi(Api):  # type: ignore[misc]  # flask-smorest has no types
    """flask-smorest's API with bearer tokens, and problem details for errors."""

    ERROR_SCHEMA = ProblemSchema

    def __init__(self, app: Flask) -> None:
        about = {"description": ABOUT}
        super().__init__(app, spec_kwargs={"info": about, "security": [{"bearer": []}]})
        self.spec.components.security_scheme("bearer", BEARER)
        self._undescribed: list[Callable[[], None]] = []
        self._describing = Lock()

    def register_own(self, blueprint: ApiBlueprint, url_prefix: str) -> None:
        """Register one of the host's. Its part of the document is made once somebody reads that: few starts need it.

        A plugin's is made at once, by `register_blueprint`: what is wrong with it must not spoil the document for all.
        """
        name = blueprint.name
        self._app.extensions["flask-smorest"]["blp_name_to_api"][name] = self
        self._app.register_blueprint(blueprint, url_prefix=url_prefix)
        self._undescribed.append(lambda: self._describe(blueprint, name))

    def _describe(self, blueprint: ApiBlueprint, name: str) -> None:
        blueprint.register_views_in_doc(self, self._app, self.spec, name=name, parameters=None)
        self.spec.tag({"name": name, "description": blueprint.description})

    def _openapi_json(self) -> Any:
        with self._describing:
            while self._undescribed:
                self._undescribed.pop(0)()
        return super()._openapi_json()

    def _register_error_handlers(self) -> None:
        """Errors are answered in one place for pages and API alike: host.web.errors."""

    def _register_responses(self) -> None:
        phrases = {status.name: status.phrase for status in HTTPStatus}
        for name, phrase in {**phrases, self.DEFAULT_ERROR_RESPONSE_NAME: "Whatever else went wrong"}.items():
            self.spec.components.response(name, _problem(phrase), lazy=True)

    def _register_pagination_header(self) -> None:
        """Ours is `Link`: host.api.paging."""


def _problem(description: str) -> dict[str, Any]:
    return {"description": description, "content": {PROBLEM: {"schema": ProblemSchema}}}
