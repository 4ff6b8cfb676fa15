"""Forms: marshmallow schemas that pages and the JSON API share."""

import re
from typing import Any
from urllib.parse import SplitResult, urlsplit

from flask import redirect, request
from marshmallow import EXCLUDE, Schema, ValidationError, fields
from werkzeug.wrappers import Response

from host.errors import Invalid
from host.i18n import _

# Browsers read a backslash as a slash and leave out line ends: what looks like a path may lead elsewhere.
ODD = re.compile(r"[\\\x00-\x1f\x7f]")


class Form(Schema):
    """Fields that a page sends; others, such as the CSRF token, are let be."""

    class Meta:
        unknown = EXCLUDE


class Listed(fields.List[Any]):
    """Boxes of one name, of which none, one or several are ticked."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> list[Any]:
        try:
            return super()._deserialize(value if isinstance(value, list) else [value], *args, **kwargs)
        except ValidationError as error:  # by the boxes' numbers, which tell nobody anything
            raise ValidationError(_("Choose from the list.")) from error


def load_form(form: type[Schema]) -> dict[str, Any]:
    """What was sent, checked. Raises Invalid with the messages by field."""
    sent = {key: values if len(values) > 1 else values[0] for key, values in request.form.lists()}
    try:
        loaded: dict[str, Any] = form().load(sent)
    except ValidationError as error:
        raise Invalid(error.normalized_messages()) from error  # type: ignore[no-untyped-call]
    return loaded


def back_to(address: str) -> Response:
    """Redirect to where the form came from, if that is one of our pages, else to `address`."""
    return redirect(local(request.form.get("back") or "") or address, 303)


def local(address: str) -> str:
    """The address if it is a path of ours, else nothing: no open redirect, and nothing that no header can hold."""
    elsewhere = not address.startswith("/") or address.startswith("//") or ODD.search(address)
    return "" if elsewhere else address


def split(address: str) -> SplitResult:
    """The parts of an address that a browser sent, all of them empty for what is none (half of an IPv6 address)."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def from_htmx() -> bool:
    """Whether htmx asks for a fragment; a boosted form or a restored page wants the whole."""
    headers = request.headers
    whole = headers.get("HX-Boosted") == "true" or headers.get("HX-History-Restore-Request") == "true"
    return headers.get("HX-Request") == "true" and not whole
