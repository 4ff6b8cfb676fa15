"""The JSON API of notifications."""

from collections.abc import Sequence
from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import Schema, fields, pre_dump

from host import Paging, Utc, api_blueprint, current_user, db, paged
from plugins.notifications.models import Notification, of, one_of, read_all, unread_count
from plugins.notifications.notes import Note, notes

bp = api_blueprint(
    "notifications_api", __name__, url_prefix="/notifications", description="What the token's person is told"
)


class NotificationCardSchema(Schema):
    number = fields.Int()
    title = fields.Str()
    board_id = fields.Int()


class NotificationCreatorSchema(Schema):
    id = fields.Int()
    name = fields.Str()


class NotificationSchema(Schema):
    id = fields.Int(attribute="told.id")
    kind = fields.Str(attribute="told.kind", metadata={"description": "The kind of the last event."})
    title = fields.Str()
    text = fields.Str()
    card = fields.Nested(NotificationCardSchema, attribute="told.card", allow_none=True)
    creator = fields.Nested(NotificationCreatorSchema, attribute="told.creator", allow_none=True)
    unread_count = fields.Int(attribute="told.unread_count", metadata={"description": "Events since it was last read."})
    reason = fields.Str(attribute="told.reason", metadata={"description": "Why you are told: mention, assigned, …"})
    read_at = Utc(attribute="told.read_at", allow_none=True)
    updated_at = Utc(attribute="told.updated_at")
    url = fields.Url(relative=True)

    @pre_dump(pass_collection=True)
    def written(self, told: Sequence[Notification], **_more: Any) -> Sequence[Note]:
        """A page of them in words, at once."""
        return notes(current_user, told)


class UnreadCountSchema(Schema):
    unread_count = fields.Int()


@bp.route("")
class Notifications(MethodView):
    @bp.arguments(Paging, location="query")
    @bp.response(200, NotificationSchema(many=True))
    def get(self, args: dict[str, Any]) -> Response:
        """What you are told, the latest first."""
        return paged(of(current_user), args, NotificationSchema())


@bp.route("/unread_count")
class UnreadCount(MethodView):
    @bp.response(200, UnreadCountSchema)
    def get(self) -> dict[str, int]:
        """How many you have not read."""
        return {"unread_count": unread_count(current_user)}


@bp.route("/<int:id>/reading")
class Reading(MethodView):
    @bp.response(204)
    def put(self, id: int) -> None:  # noqa: A002
        """Mark one read."""
        one_of(current_user, id).read()
        db.session.commit()

    @bp.response(204)
    def delete(self, id: int) -> None:  # noqa: A002
        """Mark one unread."""
        one_of(current_user, id).unsee()
        db.session.commit()


@bp.route("/readings")
class Readings(MethodView):
    @bp.response(204)
    def put(self) -> None:
        """Mark all read."""
        read_all(current_user)
        db.session.commit()
