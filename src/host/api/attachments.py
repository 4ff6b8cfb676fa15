"""Files on a card, and its cover."""

from typing import Any

from flask.views import MethodView
from flask_smorest.fields import Upload
from marshmallow import Schema, fields

from host.api.blueprint import api_blueprint
from host.api.schemas import IDS, CardSchema, PersonNameSchema, Utc
from host.db import db
from host.errors import Invalid
from host.i18n import _
from host.models import Attachment, Card
from host.web.login import current_user

bp = api_blueprint("api_attachments", __name__, url_prefix="/cards/<int:number>", description="Files on a card")


class AttachmentSchema(Schema):
    id = fields.Int()
    name = fields.Str(attribute="file.name")
    type = fields.Str(attribute="file.type", metadata={"description": "As found in its bytes"})
    size = fields.Int(attribute="file.size", metadata={"description": "Bytes"})
    width = fields.Int(attribute="file.width", allow_none=True)
    height = fields.Int(attribute="file.height", allow_none=True)
    created_at = Utc()
    by = fields.Nested(PersonNameSchema, attribute="file.by", allow_none=True)


class NewAttachment(Schema):
    file = Upload()


class NewCover(Schema):
    file = fields.Int(strict=True, required=True, validate=IDS, metadata={"description": "One of the card's pictures"})


@bp.route("/files")
class Files(MethodView):
    @bp.response(200, AttachmentSchema(many=True))
    def get(self, number: int) -> list[Attachment]:
        """The files, in the order in which they came."""
        return current_user.card_or_draft(number).attachments

    @bp.arguments(NewAttachment, location="files")
    @bp.response(201, AttachmentSchema)
    def post(self, files: dict[str, Any], number: int) -> Attachment:
        """Put a file on the card: multipart/form-data."""
        card, file = current_user.card_or_draft(number), files.get("file")
        if file is None:
            raise Invalid({"file": [_("Choose a file.")]})
        attachment = card.attach(file.stream, file.filename or "", current_user)
        db.session.commit()
        return attachment


@bp.route("/files/<int:id>")
class OneFile(MethodView):
    @bp.response(200, AttachmentSchema)
    def get(self, number: int, id: int) -> Attachment:  # noqa: A002
        """What is known of a file."""
        return current_user.card_or_draft(number).attachment(id)

    @bp.response(204)
    def delete(self, number: int, id: int) -> None:  # noqa: A002
        """Take it off the card; for ten minutes it can be restored."""
        card = current_user.card_or_draft(number)
        card.detach(card.attachment(id))
        db.session.commit()


@bp.route("/files/<int:id>/restoration")
class FileRestorations(MethodView):
    @bp.response(200, AttachmentSchema)
    def post(self, number: int, id: int) -> Attachment:  # noqa: A002
        """Bring back a file that was taken off the card within the last ten minutes, under its old id."""
        attachment = current_user.card_or_draft(number).bring_back_file(id)
        db.session.commit()
        return attachment


@bp.route("/cover")
class Covers(MethodView):
    @bp.arguments(NewCover)
    @bp.response(200, CardSchema)
    def put(self, given: dict[str, Any], number: int) -> Card:
        """Show one of its pictures on top of the card."""
        card = current_user.card_or_draft(number)
        card.cover_with(card.attachment(given["file"]))
        db.session.commit()
        return card

    @bp.response(200, CardSchema)
    def delete(self, number: int) -> Card:
        """Show none."""
        card = current_user.card_or_draft(number)
        card.uncover()
        db.session.commit()
        return card
