"""What a page or a program may say of a space's mail server."""

from typing import Any

from marshmallow import fields

from host.i18n import _
from host.mail.security import Security
from host.mail.server import LAST_PORT
from host.web.forms import Form

PORT_WORDS = _("A port is a number from 1 to %(last)s.", last=LAST_PORT)
PORT_ERRORS: dict[str, Any] = dict.fromkeys(("required", "null", "invalid", "too_large"), PORT_WORDS)
SECURITY_ERRORS: dict[str, Any] = dict.fromkeys(("required", "null", "unknown"), _("Choose how it is kept safe."))
HOST_ERRORS: dict[str, Any] = {"required": _("Which server? It is named like smtp.example.org.")}
SENDER_ERRORS: dict[str, Any] = {"required": _("Whom are letters from? It is an e-mail address.")}


class MailServerForm(Form):
    host = fields.Str(required=True, error_messages=HOST_ERRORS)
    port = fields.Int(required=True, error_messages=PORT_ERRORS)
    security = fields.Enum(Security, by_value=True, required=True, error_messages=SECURITY_ERRORS)
    username = fields.Str(load_default="", metadata={"description": "Empty where nobody signs in"})
    password = fields.Str(
        load_default="", load_only=True, metadata={"description": "Left out or empty, the one there is stays"}
    )
    sender_address = fields.Str(required=True, error_messages=SENDER_ERRORS)
    sender_name = fields.Str(load_default="")
