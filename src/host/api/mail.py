"""How letters leave the space."""

from typing import Any

from flask import current_app
from flask.views import MethodView
from marshmallow import Schema, fields

from host.api.blueprint import api_blueprint
from host.api.schemas import Utc
from host.db import db
from host.mail.folder import Folder
from host.mail.security import Security
from host.mail.server import MailServer
from host.mail.trial import MailTrial
from host.permissions import may_administer, require
from host.web.login import current_account, current_user
from host.web.mailform import MailServerForm

bp = api_blueprint("api_mail", __name__, url_prefix="/mail", description="How letters leave the space. For admins")


class TrialSchema(Schema):
    email = fields.Str(metadata={"description": "Whom the test went to"})
    asked_at = Utc()
    ended_at = Utc(allow_none=True, metadata={"description": "Null while it is on its way"})
    sent = fields.Bool()
    said = fields.Str(metadata={"description": "What came of it, for people"})


class OwnServerSchema(Schema):
    host = fields.Str()
    port = fields.Int()
    security = fields.Enum(Security, by_value=True)
    username = fields.Str()
    sender_address = fields.Str()
    sender_name = fields.Str()
    updated_at = Utc()


class MailSchema(Schema):
    server = fields.Nested(OwnServerSchema, allow_none=True, metadata={"description": "The space's own"})
    has_shared = fields.Bool(metadata={"description": "Whether the installation has one, for spaces without"})
    kept = fields.Int(metadata={"description": "Letters that were kept as files, for want of a server"})
    trial = fields.Nested(TrialSchema, allow_none=True, metadata={"description": "The newest test"})


@bp.route("")
class Mail(MethodView):
    @bp.response(200, MailSchema)
    def get(self) -> dict[str, Any]:
        """By which server, and how the newest test went. Never the password."""
        require(may_administer(current_user))
        return _told()

    @bp.arguments(MailServerForm)
    @bp.response(200, MailSchema)
    def put(self, given: dict[str, Any]) -> dict[str, Any]:
        """Use this server from now on. Without a password the one there is stays, for the same server and user."""
        require(may_administer(current_user))
        MailServer.keep(current_account, **given)
        db.session.commit()
        return _told()

    @bp.response(204)
    def delete(self) -> None:
        """Forget the space's own server."""
        require(may_administer(current_user))
        if server := MailServer.of(current_account):
            server.forget()
            db.session.commit()


@bp.route("/test")
class MailTest(MethodView):
    @bp.response(202, TrialSchema)
    def post(self) -> MailTrial:
        """Send a letter to yourself, in a job; `GET /mail` tells how it went."""
        require(may_administer(current_user))
        trial = MailTrial.begin(current_user)
        db.session.commit()
        return trial


def _told() -> dict[str, Any]:
    config = current_app.extensions["fallow"].config
    return {
        "server": MailServer.of(current_account),
        "has_shared": bool(config.smtp_url),
        "kept": len(Folder(config.data, current_account.id)),
        "trial": MailTrial.of(current_account),
    }
