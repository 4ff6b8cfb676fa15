"""Reading what a program sends: JSON, said to be JSON, or a plain refusal."""

import json
from http import HTTPStatus
from typing import Any

from flask import Request
from marshmallow import Schema, missing
from webargs.core import is_json
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import UnsupportedMediaType

from host.errors import Fault
from host.i18n import _


class NotJson(Fault):
    """A body that says it is JSON and is not."""

    status = HTTPStatus.BAD_REQUEST


class Parser(FlaskParser):
    """webargs' parser, but a body of another kind is refused rather than taken for none."""

    def load_json(self, req: Request, schema: Schema) -> Any:  # noqa: ARG002 -- webargs' signature
        body = req.get_data()
        if not body:
            return missing
        if not is_json(req.mimetype):
            raise UnsupportedMediaType
        try:
            return _whole(json.loads(body), body)
        except json.JSONDecodeError as error:
            raise NotJson(
                _("This is no JSON, from line %(line)s, column %(column)s on.", line=error.lineno, column=error.colno)
            ) from error
        except (RecursionError, ValueError) as error:  # nested without end, a number without end, no UTF-8
            raise NotJson(_("This is no JSON that can be read.")) from error


def _whole(read: Any, body: bytes) -> Any:
    r"""Raises UnicodeEncodeError for half of a pair, as in "\ud83d": kept, it would break every page that shows it."""
    if b"\\ud" in body.lower():
        json.dumps(read, ensure_ascii=False).encode()
    return read
